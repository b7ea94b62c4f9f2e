import { Hono } from 'hono';
import { z } from 'zod';
import { type FakeNote, pipedriveTime, type PipedriveData } from './data.ts';
import { offsetPage } from './lists.ts';
import { refuse } from './refusals.ts';

const NewNote = z.object({
  content: z.string().min(1),
  person_id: z.int().optional(),
  lead_id: z.uuid().optional(),
});

/** Notes on persons and leads. What is deleted stays, without being shown, and can be changed nevertheless. */
export function createNotes(data: PipedriveData, now: () => Date): Hono {
  const { notes } = data;
  const find = (id: string) => notes.find((note) => note.id === Number(id));
  const gone = () => refuse(404, 'Note not found');

  return new Hono()
    .get('/', (c) => {
      const { person_id: person, lead_id: lead, ...query } = c.req.query();
      const found = notes.filter(
        (note) =>
          note.active_flag &&
          (person === undefined || note.person_id === Number(person)) &&
          (lead === undefined || note.lead_id === lead),
      );
      return offsetPage(found, query, { isNested: true, show: shown });
    })
    .post('/', async (c) => {
      const given = NewNote.safeParse(await c.req.json());
      if (!given.success) return refuse(400, 'content is required');
      const { content, person_id = null, lead_id = null } = given.data;
      const isThere =
        data.persons.some(({ id }) => id === person_id) || data.leads.some(({ id }) => id === lead_id);
      if (!isThere) return refuse(400, 'A note must be about something that is there');
      const add_time = pipedriveTime(now()).replace('T', ' ').replace('Z', '');
      const note = { id: 1 + notes.length, content, active_flag: true, add_time, person_id, lead_id };
      notes.push(note);
      return c.json({ success: true, data: shown(note) });
    })
    .put('/:id', async (c) => {
      const note = find(c.req.param('id'));
      if (!note) return gone();
      const given = NewNote.pick({ content: true }).safeParse(await c.req.json());
      if (!given.success) return refuse(400, 'content is required');
      note.content = given.data.content;
      return c.json({ success: true, data: shown(note) });
    })
    .delete('/:id', (c) => {
      const note = find(c.req.param('id'));
      if (!note?.active_flag) return gone();
      note.active_flag = false;
      return c.json({ success: true, data: true });
    });
}

const shown = (note: FakeNote) => ({ ...note, update_time: note.add_time, user_id: 1 });
