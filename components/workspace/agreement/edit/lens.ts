/** A part of a document that is being edited: its value, its place, and how to put another value there. */
export interface Lens<T> {
  value: T;
  /** As the hub's errors name it: `/sla/rules/0/calendar`. */
  path: string;
  set: (value: T) => void;
}

/** One field of an object. One that is set to `undefined` is left out. */
export function at<T extends object, Key extends keyof T & string>(
  { value, path, set }: Lens<T>,
  key: Key,
): Lens<T[Key]> {
  return {
    value: value[key],
    path: `${path}/${key}`,
    // What is there keeps its place, so that the order of what is kept does not change.
    set: (next) => set(next === undefined ? without(value, key) : { ...value, [key]: next }),
  };
}

const without = <T extends object>(value: T, key: string) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as T;

/** The parts of a list. */
export const each = <T>({ value, path, set }: Lens<T[]>): Lens<T>[] =>
  value.map((part, index) => ({
    value: part,
    path: `${path}/${index}`,
    set: (next) => set(value.with(index, next)),
  }));

/** A list with one part moved by so many places; the same list where there is no such place. */
export function moved<T>(list: T[], from: number, by: number): T[] {
  const to = from + by;
  const part = list[from];
  if (part === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, part);
}

/** An id that no other part of the list has: `reason-8`. */
export function newId(kind: string, list: readonly { id: string }[]): string {
  const taken = new Set(list.map(({ id }) => id));
  let number = list.length + 1;
  while (taken.has(`${kind}-${number}`)) number += 1;
  return `${kind}-${number}`;
}
