/** What PHP makes of `where[0][col]=id`: objects within objects. */
export interface PhpArray {
  [key: string]: string | PhpArray;
}

export function phpQuery(params: URLSearchParams): PhpArray {
  const query: PhpArray = {};
  for (const [key, value] of params) {
    const path = [...key.matchAll(/[^[\]]+/g)].map(([part]) => part);
    let at = query;
    for (const part of path.slice(0, -1)) {
      const next = at[part];
      at = typeof next === 'object' ? next : (at[part] = {});
    }
    at[path.at(-1) ?? ''] = value;
  }
  return query;
}
