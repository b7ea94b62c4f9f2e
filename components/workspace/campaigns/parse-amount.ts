/** An amount as people write it, with a point or a comma before the cents; undefined when it is none. */
export function parseAmount(text: string): number | undefined {
  const plain = text.trim().replaceAll(/[\s'’]/gu, '');
  const match = /^(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/u.exec(plain);
  if (!match) return undefined;
  const [, whole = '', cents = '0'] = match;
  const amount = Number(`${whole.replaceAll(/[.,]/gu, '')}.${cents}`);
  return amount <= 99_999_999_999 ? amount : undefined;
}
