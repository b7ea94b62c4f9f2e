import { z } from 'zod';
import { cleanEmails } from '../clean-values.ts';
import { remember } from '../remember.ts';
import { type Io, orIfForbidden, readAll, readByIds, readPage, readWhole } from './api.ts';

const Option = z.object({ id: z.union([z.int(), z.string()]), label: z.string() });
const Field = z.object({
  field_name: z.string(),
  field_code: z.string(),
  is_custom_field: z.boolean(),
  options: z.array(Option).nullish(),
});
export type Field = z.output<typeof Field>;

const Named = z.object({ id: z.int(), name: z.string() });
const User = z.object({ id: z.int(), email: z.string().nullish() });
const Label = z.object({ id: z.string(), name: z.string() });

/** The fields of persons: names of the company's own ones, which go by 40 characters, and of what can be chosen. */
export const personFields = (io: Io): Promise<ReadonlyMap<string, Field>> =>
  remember(io, 'fields', async () => {
    const fields = await orIfForbidden(readAll(io, '/personFields', Field), []);
    return new Map(fields.map((field) => [field.field_code, field]));
  });

/** The reps' addresses by user id. */
export const userEmails = (io: Io): Promise<ReadonlyMap<number, string>> =>
  remember(io, 'users', async () => {
    const users = await orIfForbidden(readWhole(io, '/users', User), []);
    return new Map(
      users.flatMap(({ id, email }) => cleanEmails(email).map((address) => [id, address] as const)),
    );
  });

/** The stages of all pipelines. */
export const stageNames = (io: Io): Promise<ReadonlyMap<number, string>> =>
  remember(io, 'stages', async () => {
    const stages = await orIfForbidden(readAll(io, '/stages', Named), []);
    return new Map(stages.map(({ id, name }) => [id, name]));
  });

export const leadLabels = (io: Io): Promise<ReadonlyMap<string, string>> =>
  remember(io, 'lead labels', async () => {
    const labels = await orIfForbidden(readWhole(io, '/leadLabels', Label), []);
    return new Map(labels.map(({ id, name }) => [id, name]));
  });

/** Names of organisations: all there are where everybody is brought in, else only those that are asked for. */
export async function organisationNames(
  io: Io,
  ids: readonly number[],
  isHistory: boolean,
): Promise<ReadonlyMap<number, string>> {
  const namesOf = (rows: readonly z.output<typeof Named>[]) =>
    new Map(rows.map(({ id, name }) => [id, name]));
  if (isHistory)
    return remember(io, 'organisations', async () => namesOf(await readAll(io, '/organizations', Named)));
  return namesOf(
    await readByIds(io, ids, async (query) => (await readPage(io, '/organizations', Named, query)).rows),
  );
}
