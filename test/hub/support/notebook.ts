import { z } from 'zod';
import { type Connector, defineConnector, SourceRecord } from '../../../server/connectors/connector.ts';
import { createSourceAccess, type SourceAccess } from '../../../server/connectors/source-access.ts';

const Sent = z.object({ key: z.string(), record: SourceRecord, text: z.string(), withdrawn: z.boolean() });
export type Note = z.infer<typeof Sent> & { id: string };

const Notes = z.object({ notes: z.array(z.object({ id: z.string() })) });
const Stored = z.object({ id: z.string() });

/** A system that keeps notes in memory, and its connector; answers as it is told. */
export function createNotebook({ now }: { now: () => Date }) {
  const notes: Note[] = [];
  const requests: string[] = [];
  const told = {
    /** Instead of what it would answer; null: it answers. */
    refuse: null as (() => Response | Promise<Response>) | null,
    /** It stores what it is told, but its answer is lost. */
    loseAnswers: false,
    /** What its connector does wrong. */
    bug: null as Error | null,
    /** Before it answers. */
    hold: Promise.resolve(),
  };

  const connector = defineConnector({
    id: 'notebook',
    label: 'Notebook',
    settings: z.object({ account: z.string() }),
    baseUrl: () => 'https://notebook.example',
    authorise: () => ({}),
    tenant: ({ account }) => account,
    limits: () => [],
    overlapMs: 0,
    check: () => Promise.resolve([]),
    pullPeople: () => Promise.resolve({ items: [], next: null }),
    pullTouchpoints: () => Promise.resolve({ items: [], next: null }),
    pullCampaigns: () => Promise.resolve({ items: [], next: null }),
    async writeFeedback({ request }, { feedbackId, record, text, withdrawn, remoteId }) {
      if (told.bug) throw told.bug;
      const found = await request('/notes', { query: { key: feedbackId }, schema: Notes });
      const id = remoteId ?? found.body.notes[0]?.id;
      const body = { key: feedbackId, record, text, withdrawn };
      const path = id === undefined ? '/notes' : `/notes/${id}`;
      const method = id === undefined ? 'POST' : 'PUT';
      const stored = await request(path, { method, body, schema: Stored });
      return { remoteId: stored.body.id };
    },
    recordUrl: () => null,
  });

  async function fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    requests.push(`${request.method} ${pathname}`);
    await told.hold;
    if (told.refuse) return told.refuse();
    if (request.method === 'GET') {
      return Response.json({ notes: notes.filter(({ key }) => key === searchParams.get('key')) });
    }
    const sent = Sent.parse(await request.json());
    const known = notes.find(({ id }) => pathname === `/notes/${id}`);
    const note = known ?? { ...sent, id: String(notes.length + 1) };
    Object.assign(note, sent);
    if (!known) notes.push(note);
    return told.loseAnswers ? new Response(null, { status: 502 }) : Response.json({ id: note.id });
  }

  const sources = (more: readonly Connector[] = []): SourceAccess =>
    createSourceAccess({
      allowPrivate: true,
      connectors: [connector, ...more],
      fetch,
      // Nobody waits within an attempt: how often there is another is what is looked at.
      time: { now, sleep: () => Promise.resolve() },
    });

  return { connector, notes, requests, told, sources };
}
