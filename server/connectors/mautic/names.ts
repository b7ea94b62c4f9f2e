import { z } from 'zod';
import { cleanText } from '../clean-values.ts';
import { knownNames } from '../known-names.ts';
import { SourceError } from '../source-error.ts';
import { Id, listOf, type MauticIo, OptionalText } from './api.ts';

/** More than any installation has; Mautic knows no largest page. */
const ALL = 10_000;

const Named = z.object({ id: Id, name: OptionalText, title: OptionalText, subject: OptionalText });
const User = z.object({ id: Id, email: OptionalText });

type Kind = 'emails' | 'forms' | 'assets' | 'segments' | 'campaigns';
/** Under which key the list stands, where it is not the kind. */
const KEYS: Partial<Record<Kind, string>> = { segments: 'lists' };

export interface Name {
  name: string;
  subject: string | undefined;
}

/** Mails, forms, files, segments or campaigns by id; empty where the user may not see them. */
export const namesOf = (
  io: MauticIo,
  kind: Kind,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Name>> =>
  knownNames(io, kind, ids, async () => {
    const list = await readList(io, kind, KEYS[kind] ?? kind, Named);
    return new Map(
      list.map(({ id, name, title, subject }) => [
        id,
        { name: cleanText(name) ?? cleanText(title) ?? `#${id}`, subject: cleanText(subject) },
      ]),
    );
  });

/** The addresses of users by id; empty where the user may not see the others. */
export const userEmails = (io: MauticIo, ids: Iterable<string>): Promise<ReadonlyMap<string, string>> =>
  knownNames(io, 'users', ids, async () => {
    const users = await readList(io, 'users', 'users', User);
    return new Map(users.flatMap(({ id, email }) => (email === undefined ? [] : [[id, email] as const])));
  });

async function readList<T extends z.ZodType>(
  io: MauticIo,
  path: string,
  key: string,
  item: T,
): Promise<z.output<T>[]> {
  try {
    const { body } = await io.request(`/${path}`, {
      // Without `minimal` each mail comes with its whole text.
      query: { minimal: 1, limit: ALL, orderBy: 'id', orderByDir: 'asc' },
      schema: z.object({ [key]: listOf(item) }),
    });
    return body[key] ?? [];
  } catch (error) {
    if (error instanceof SourceError && error.failure === 'forbidden') return [];
    throw error;
  }
}
