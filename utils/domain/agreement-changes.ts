/** One part of a document that differs; `null` where it does not exist. */
export interface Change {
  /** Names from the top down; parts of a list go by their id. */
  path: string[];
  before: string | null;
  after: string | null;
}

/** What differs between two agreement documents (as JSON values), in the order of the later one. */
export function agreementChanges(before: unknown, after: unknown, path: string[] = []): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const parts = [partsOf(before), partsOf(after)] as const;
  const [old, now] = parts;
  if (old === null || now === null) return [{ path, before: textOf(before), after: textOf(after) }];
  const changes = [...new Set([...now.keys(), ...old.keys()])].flatMap((name) =>
    agreementChanges(old.get(name), now.get(name), [...path, name]),
  );
  if (changes.length > 0 || !Array.isArray(after)) return changes;
  // The same parts in another order: of rules, the first that holds applies.
  return [{ path, before: [...old.keys()].join(', '), after: [...now.keys()].join(', ') }];
}

/** The named parts of a value; null when it is one whole. */
function partsOf(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const names = value.map(nameOf);
  if (names.length === 0 || names.includes(null) || new Set(names).size < names.length) return null;
  return new Map(value.map((part: unknown, index) => [names[index]!, part]));
}

function nameOf(part: unknown): string | null {
  if (typeof part !== 'object' || part === null) return null;
  const { id, stage, criterion } = part as { id?: unknown; stage?: unknown; criterion?: unknown };
  if (typeof id === 'string') return id;
  if (typeof stage === 'string') return stage;
  return criterion === undefined ? null : nameOf(criterion);
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : outline(value);
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A value with one line per part, indented as in the document. */
function outline(value: unknown, indent = ''): string {
  if (!isNested(value)) return String(value);
  return Object.entries(value)
    .map(([key, part]: [string, unknown]) => {
      const name = indent + (Array.isArray(value) ? '-' : `${key}:`);
      return isNested(part) ? `${name}\n${outline(part, `${indent}  `)}` : `${name} ${String(part)}`;
    })
    .join('\n');
}
