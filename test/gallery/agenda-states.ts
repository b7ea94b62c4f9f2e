import type { Agenda, AgendaChange, AgendaItem, AgendaSource } from '../../utils/contract/agenda.ts';
import type { Me } from '../../utils/contract/session.ts';
import type { RequestOf, ResponseOf } from '../../utils/extension/messages.ts';
import { fixtureId, hostileContext, inboxFeedback, marketer, rep } from '../fixtures/lead-context.ts';
import type { World } from './fake-background.ts';
import { ago, hubUrl, world } from './world.ts';

type Answer = ResponseOf<'hub.fetch'>;
const ok = (body: unknown): Answer => ({ ok: true, value: { status: 200, body } });

const ID = fixtureId(7, 901);
const mara = { id: marketer.user.id, name: marketer.user.name };
const said = inboxFeedback(6).filter(({ comment }) => comment !== undefined);

const item = (index: number, section: AgendaItem['section'], source?: AgendaSource): AgendaItem => ({
  id: fixtureId(7, 920 + index),
  section,
  ...(source && { source }),
  text: '',
  notes: '',
  done: false,
  decisions: [],
});

function agenda(): Agenda {
  const campaignId = fixtureId(3, 1);
  return {
    id: ID,
    month: '2026-10',
    version: 4,
    createdBy: mara,
    createdAt: ago(86_400_000 * 9),
    changedBy: mara,
    changedAt: ago(3_600_000),
    items: [
      {
        ...item(1, 'reasons', { kind: 'reason', reason: 'no-budget', count: 9, before: 4 }),
        done: true,
        notes: 'Most of them came from the white paper.',
        decisions: [
          {
            id: fixtureId(7, 910),
            what: 'Ask for the budget in the form',
            who: 'Mara Vogt',
            until: '2026-12-01',
          },
        ],
      },
      item(2, 'reasons', { kind: 'reason', reason: 'wrong-person', count: 1, before: 3 }),
      item(3, 'campaigns', { kind: 'campaign', campaignId, rank: 'best', good: 12, bad: 1 }),
      item(4, 'promises', { kind: 'promises', team: 'sales', broken: 2, of: 31, ids: [fixtureId(6, 1)] }),
      item(5, 'promises', { kind: 'promises', team: 'marketing', broken: 0, of: 14, ids: [] }),
      ...said
        .slice(0, 3)
        .map(({ id }, index) =>
          item(10 + index, index < 2 ? 'words' : 'questions', { kind: 'feedback', feedbackId: id }),
        ),
      { ...item(20, 'other'), text: 'Who stands at our table at the trade fair?' },
    ],
    subjects: {
      feedback: said.map(
        ({ id, personName, campaignName, verdict, reasons, comment, by, at, replies }, index) => {
          const reply = replies.at(-1);
          return {
            ...{ id, verdict, reasons, by, at },
            ...(personName !== undefined && { personName }),
            ...(campaignName !== undefined && { campaignName }),
            ...(comment !== undefined && { comment }),
            ...(reply && { reply: { by: reply.by, text: reply.text, at: reply.at } }),
            ...(index === 2 && { waitsFor: 'sales' as const }),
          };
        },
      ),
      handOvers: [
        {
          id: fixtureId(6, 1),
          personName: 'Sofia Lindqvist',
          owner: { id: rep.user.id, name: rep.user.name },
          at: '2026-10-12T08:00:00.000Z',
        },
      ],
      campaigns: [{ id: campaignId, name: 'Webinar: Lagerlogistik ohne Papier' }],
    },
  };
}

function hostile(): Agenda {
  const shown = agenda();
  const { person } = hostileContext();
  const text = `${person.name} ${'ohneleerzeichen'.repeat(40)}\n\u202Ertl <script>alert(1)</script>`;
  return {
    ...shown,
    items: shown.items.map((each) => ({ ...each, text, notes: text })),
    subjects: {
      feedback: shown.subjects.feedback.map((each) => ({ ...each, personName: text, comment: text })),
      handOvers: shown.subjects.handOvers.map((each) => ({ ...each, personName: text })),
      campaigns: shown.subjects.campaigns.map((each) => ({ ...each, name: text })),
    },
  };
}

function showing(present: Agenda | null, me: Me = marketer): World {
  let kept = present;
  const hub = ({ method, path, body }: RequestOf<'hub.fetch'>): Answer | undefined => {
    const { pathname } = new URL(path, hubUrl);
    if (!pathname.startsWith('/v1/agendas')) return undefined;
    if (method === 'PUT' && kept) {
      const { items } = body as AgendaChange;
      kept = { ...kept, items, version: kept.version + 1, changedBy: mara, changedAt: ago(0) };
      return ok(kept);
    }
    if (method === 'POST') return ok((kept = { ...agenda(), month: (body as { month: string }).month }));
    if (pathname !== '/v1/agendas') {
      return kept ? ok(kept) : { ok: true, value: { status: 404, body: null } };
    }
    if (!kept) return ok({ agendas: [] });
    const { id, month, version, changedBy, changedAt, items } = kept;
    const counts = { total: items.length, done: 1, decisions: 1 };
    return ok({ agendas: [{ id, month, version, changedBy, changedAt, ...counts }] });
  };
  return world({ connection: { hubUrl, me }, hub });
}

/** The list of agendas, and one of them. */
export const agendaStates = {
  agenda: () => showing(agenda()),
  'agenda-empty': () => showing(null),
  'agenda-one': () => showing(agenda()),
  'agenda-one-as-rep': () => showing(agenda(), rep),
  'agenda-hostile': () => showing(hostile()),
  'agenda-gone': () => showing(null),
} satisfies Record<string, () => World>;

/** Which part of the page a state is about. */
export const agendaHash = (state: string) => (/one|hostile|gone/u.test(state) ? `agenda/${ID}` : 'agenda');
