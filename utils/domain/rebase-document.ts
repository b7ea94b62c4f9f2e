import type { AgreementDocument } from '../contract/agreement.ts';

type Part = keyof AgreementDocument;

/**
 * A draft carried over to another version: what it did not change against its own base comes from the new one.
 *
 * @returns the draft, and the parts that both have changed: of these the draft's are kept.
 */
export function rebaseDocument(
  draft: AgreementDocument,
  base: AgreementDocument,
  now: AgreementDocument,
): { document: AgreementDocument; both: Part[] } {
  const same = (one: AgreementDocument, other: AgreementDocument, part: Part) =>
    JSON.stringify(one[part]) === JSON.stringify(other[part]);
  const parts = Object.keys(now) as Part[];
  const changed = parts.filter((part) => !same(draft, base, part));
  return {
    document: { ...now, ...Object.fromEntries(changed.map((part) => [part, draft[part]])) },
    both: changed.filter((part) => !same(base, now, part)),
  };
}
