import { z } from 'zod';
import { Id, listOf, type MauticIo, whereQuery } from './api.ts';

/** So that the address of a request stays shorter than servers take. */
const AT_ONCE = 600;

/**
 * Those of the contacts whom somebody knows by name. The raw tables tell of every visitor, most of whom are nobody's
 * leads, and Mautic joins no other table to them.
 */
export async function identifiedOf(io: MauticIo, ids: Iterable<string>): Promise<Set<string>> {
  const asked = [...new Set(ids)];
  const identified = new Set<string>();
  for (let start = 0; start < asked.length; start += AT_ONCE) {
    const { body } = await io.request('/contacts', {
      query: {
        ...whereQuery([
          { col: 'id', expr: 'in', val: asked.slice(start, start + AT_ONCE).join(',') },
          { col: 'date_identified', expr: 'isNotNull' },
        ]),
        minimal: 1,
        limit: AT_ONCE,
      },
      schema: z.object({ contacts: listOf(z.object({ id: Id })) }),
    });
    for (const { id } of body.contacts) identified.add(id);
  }
  return identified;
}
