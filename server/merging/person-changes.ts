import type { Consent } from '../../utils/contract/consent.ts';
import type { HeldStage } from '../../utils/domain/merged-stage.ts';
import { mergedStage } from '../../utils/domain/merged-stage.ts';

/** A row of `people` as JSON, by its columns. */
export type PersonColumns = Record<string, unknown>;

/** Columns that belong together: of one source, or of none. */
const GROUPS: readonly (readonly string[])[] = [
  ['company'],
  ['title'],
  ['phone'],
  ['country'],
  ['language'],
  ['owner_id'],
  ['source_status_system', 'source_status_value'],
  ['do_not_contact_reason', 'do_not_contact_since'],
];

/** Some columns before and after a merge. */
export interface ColumnChange {
  before: PersonColumns;
  after: PersonColumns;
}

/**
 * What a merge changes about the kept person, group by group: what they lack the other one fills in, a bar on contact
 * included; of two stages see `mergedStage`.
 */
export function personChanges(
  kept: PersonColumns,
  other: PersonColumns,
  stages: { kept: HeldStage; other: HeldStage },
): ColumnChange[] {
  const filled = GROUPS.filter(([first = '']) => isEmpty(kept[first]) && !isEmpty(other[first]));
  const stage =
    mergedStage(stages.kept, stages.other) === stages.kept
      ? []
      : [['stage', 'stage_event_id', 'stage_since']];
  const changes = [...filled, ...stage].map((columns) => ({
    before: pick(kept, columns),
    after: pick(other, columns),
  }));
  const attributes = { ...asObject(other['attributes']), ...asObject(kept['attributes']) };
  if (Object.keys(attributes).length > Object.keys(asObject(kept['attributes'])).length) {
    changes.push({ before: pick(kept, ['attributes']), after: { attributes } });
  }
  return changes;
}

/** All of them as one; of a column that stands in several the last one counts. */
export const joinColumns = (some: readonly PersonColumns[]): PersonColumns =>
  Object.fromEntries(some.flatMap((columns) => Object.entries(columns)));

const isEmpty = (value: unknown) => value === null || value === undefined || value === '';
const asObject = (value: unknown) => (value ?? {}) as Record<string, unknown>;
const pick = (row: PersonColumns, columns: readonly string[]): PersonColumns =>
  Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));

/** A row of `consents` as JSON. */
export type ConsentRow = Pick<Consent, 'channel' | 'state' | 'source' | 'since'> & { basis: string | null };

/** What a merge changes about the kept person's consents: of two the stricter one counts, of equal ones the later. */
export function consentChanges(
  kept: readonly ConsentRow[],
  other: readonly ConsentRow[],
): { before: ConsentRow | null; after: ConsentRow }[] {
  return other.flatMap((after) => {
    const before = kept.find(({ channel }) => channel === after.channel) ?? null;
    return before === null || isStricter(after, before) ? [{ before, after }] : [];
  });
}

function isStricter(one: ConsentRow, other: ConsentRow): boolean {
  const [a, b] = [one.state !== 'granted', other.state !== 'granted'];
  return a === b ? one.since > other.since : a;
}
