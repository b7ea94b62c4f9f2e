import type { CampaignReport, CampaignRow } from '../../utils/contract/campaign-report.ts';
import type { ClosedLoopFigures } from '../../utils/contract/closed-loop.ts';
import type { NewDecision, NewOpinion, Plan } from '../../utils/contract/plan.ts';
import type { FoundPerson, Journey, JourneyItem } from '../../utils/contract/people-search.ts';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { Me } from '../../utils/contract/session.ts';
import type { TouchpointKind } from '../../utils/contract/touchpoint.ts';
import type { RequestOf, ResponseOf } from '../../utils/extension/messages.ts';
import { handOverAt } from '../fixtures/hand-over.ts';
import {
  fixtureId,
  hostileContext,
  inboxFeedback,
  leadContext,
  marketer,
  rep,
} from '../fixtures/lead-context.ts';
import type { World } from './fake-background.ts';
import { ago, hubUrl, world } from './world.ts';

type Answer = ResponseOf<'hub.fetch'>;
const ok = (body: unknown): Answer => ({ ok: true, value: { status: 200, body } });
const missing: Answer = { ok: true, value: { status: 404, body: null } };

const DAY = 86_400_000;
const from = (days: number) => new Date(Date.now() + days * DAY).toISOString();
/** The Monday so many weeks ago. */
const monday = (weeks: number) => {
  const now = new Date();
  const days = (now.getUTCDay() + 6) % 7;
  return new Date(now.getTime() - (days + weeks * 7) * DAY).toISOString().slice(0, 10);
};

const hostileName = hostileContext().person.name;
const webinarId = fixtureId(3, 1);

/** The part of the page that a state shows. */
export const campaignHash = (state: string): string =>
  state.startsWith('people')
    ? state === 'people'
      ? 'people'
      : `people/${fixtureId(2, 1)}`
    : state.startsWith('campaigns-page')
      ? `campaigns/${webinarId}`
      : state.startsWith('campaigns-plans')
        ? 'campaigns/plans'
        : state === 'campaigns-ask'
          ? 'campaigns/plans/new'
          : 'campaigns';

const nothing: ClosedLoopFigures = {
  reached: 0,
  engaged: 0,
  mql: 0,
  accepted: 0,
  sql: 0,
  opportunity: 0,
  won: 0,
  returned: 0,
  returnedByReason: {},
  slaKept: 0,
  slaBroken: 0,
  praise: 0,
};
const webinarFigures: ClosedLoopFigures = {
  ...nothing,
  reached: 1_284,
  engaged: 412,
  mql: 96,
  accepted: 61,
  sql: 38,
  opportunity: 22,
  won: 9,
  returned: 27,
  returnedByReason: { 'not-ready': 14, 'no-budget': 8, 'wrong-data': 3, '': 2 },
  slaKept: 71,
  slaBroken: 12,
  praise: 11,
};

const rows = (name = ''): CampaignRow[] => [
  {
    campaign: {
      id: webinarId,
      name: name || 'Webinar: Automating the loading ramp',
      kind: 'webinar',
      startsAt: ago(80 * DAY),
      cost: { amount: 4_200, currency: 'EUR' },
    },
    activity: { lastWeek: monday(0), nextAt: from(3) },
    figures: webinarFigures,
  },
  {
    campaign: {
      id: fixtureId(3, 2),
      name: name || 'Autumn mailing to logistics',
      kind: 'mail',
      startsAt: ago(30 * DAY),
    },
    activity: { lastWeek: monday(2) },
    figures: { ...nothing, reached: 4_810, engaged: 733, mql: 41, accepted: 12, returned: 22, won: 1 },
  },
  {
    campaign: {
      id: fixtureId(3, 3),
      name: name || 'White paper: Ramp times under ten minutes',
      kind: 'whitepaper',
      startsAt: ago(300 * DAY),
      endsAt: ago(40 * DAY),
      cost: { amount: 1_850.5, currency: 'EUR' },
    },
    activity: { lastWeek: monday(9) },
    figures: {
      ...nothing,
      reached: 212,
      engaged: 212,
      mql: 19,
      accepted: 15,
      returned: 3,
      won: 4,
      praise: 3,
    },
  },
  {
    campaign: {
      id: fixtureId(3, 4),
      name: name || 'Transport fair Munich',
      kind: 'trade_fair',
      startsAt: from(30),
      cost: { amount: 38_000, currency: 'EUR' },
    },
    activity: { nextAt: from(12) },
    figures: nothing,
  },
];

function touches(): CampaignReport['touches'] {
  const weekly: [TouchpointKind, number, number][] = [
    ['email.sent', 90, 0],
    ['email.opened', 46, 17],
    ['email.clicked', 12, 3],
    ['form.submitted', 5, 0],
    ['webinar.watched', 9, 0],
  ];
  return [11, 10, 9, 8, 6, 5, 4, 3, 2, 1, 0].flatMap((week) =>
    weekly.map(([kind, count, machine]) => ({
      week: monday(week),
      kind,
      touches: Math.round(count * (1 + Math.sin(week))) + 1,
      machine: Math.min(machine, Math.round(count * (1 + Math.sin(week)))),
    })),
  );
}

const somebody = (n: number, name: string) => ({ id: fixtureId(1, n), name });
const mara = { id: marketer.user.id, name: marketer.user.name };

const plans = (name = ''): Plan[] => [
  {
    id: fixtureId(4, 1),
    campaign: { id: webinarId, name: name || 'Webinar: Automating the loading ramp', kind: 'webinar' },
    title: name || 'A second mail to everybody who did not come',
    details:
      name ||
      'A short mail with the recording and the simulator, to the 280 registered people who did not watch. Leads that sales is talking to are left out.',
    question: name || 'Is the week before the holidays too late for logistics?',
    goesOutAt: from(12),
    opinionsUntil: from(5),
    by: mara,
    at: ago(DAY),
    opinions: [
      {
        opinion: 'doubts',
        comment: name || 'Two of mine have their stocktaking in that week. The week before would be better.',
        by: somebody(3, name || 'Emre Aydin'),
        at: ago(3_600_000),
      },
      { opinion: 'good', by: somebody(4, 'Sina Krause'), at: ago(7_200_000) },
      {
        opinion: 'good',
        comment: 'The simulator works well.',
        by: somebody(7, 'Henrik Sommer'),
        at: ago(8_000_000),
      },
    ],
    silent: 2,
  },
  {
    id: fixtureId(4, 2),
    title: name || 'Price list to all inquiries of the year',
    details: name || 'The new price list as a PDF, to everybody who asked for prices since January.',
    goesOutAt: ago(2 * DAY),
    opinionsUntil: ago(9 * DAY),
    by: mara,
    at: ago(20 * DAY),
    opinions: [
      {
        opinion: 'please-not',
        comment: name || 'Prices need a conversation.',
        by: { id: rep.user.id, name: rep.user.name },
        at: ago(15 * DAY),
      },
      { opinion: 'please-not', by: somebody(3, 'Emre Aydin'), at: ago(15 * DAY) },
    ],
    silent: 3,
    decision: {
      outcome: 'changed',
      text: name || 'Goes out as an invitation to a call instead. Thank you for saying so.',
      by: mara,
      at: ago(8 * DAY),
    },
  },
];

const report = (name = '', change: Partial<CampaignReport> = {}): CampaignReport => ({
  from: '2026-01',
  to: '2026-12',
  asOf: ago(0),
  campaign: {
    ...rows(name)[0]!.campaign,
    goal: name || 'Thirty conversations about the yard system before the summer.',
    talkingPoints: name || 'Ask about the two ramps in Bremerhaven and who connects the yard system.',
  },
  activity: rows()[0]!.activity,
  figures: webinarFigures,
  touches: touches(),
  verdicts: { praise: 11, suggestion: 4, hold: 2, askFirst: 1 },
  quotes: inboxFeedback(24)
    .filter(({ about, comment }) => about.kind !== 'lead' && comment)
    .slice(0, 6),
  planned: [3, 10, 24].map((days, index) => ({
    day: from(days).slice(0, 10),
    touches: 180 - index * 70,
    held: index === 0 ? 3 : 0,
  })),
  plans: plans(name).slice(0, 1),
  ...change,
});

const found: FoundPerson[] = [
  {
    id: fixtureId(2, 1),
    name: 'Jonas Petersen',
    company: 'Hafenlogistik Nord GmbH',
    title: 'Head of Operations',
    email: 'jonas.petersen@hafenlogistik.example',
    owner: { id: rep.user.id, name: rep.user.name },
    stage: 'mql',
    since: ago(4 * DAY),
  },
  {
    id: fixtureId(2, 2),
    name: 'Petra Peters',
    email: 'petra@frachtring.example',
    stage: 'customer',
    since: ago(200 * DAY),
  },
];

function journeyOf(context: LeadContext): Journey {
  const handOver = handOverAt(Date.now(), 4 * 3_600_000);
  const items: JourneyItem[] = [
    ...context.plannedTouches.map((planned) => ({ kind: 'planned' as const, at: planned.at, planned })),
    ...context.feedback.map((feedback) => ({ kind: 'feedback' as const, at: feedback.at, feedback })),
    ...context.stageEvents.map((event) => ({ kind: 'stage' as const, at: event.at, event })),
    { kind: 'hand-over' as const, at: handOver.at, handOver },
    {
      kind: 'follow-up' as const,
      at: ago(20 * DAY),
      followUp: { id: fixtureId(4, 9), at: ago(20 * DAY), seen: 'call' as const, by: rep.user },
    },
    ...context.touchpoints.map((touchpoint) => ({
      kind: 'touchpoint' as const,
      at: touchpoint.occurredAt,
      touchpoint,
      ...(touchpoint.campaignId && {
        campaignName: context.campaigns.find(({ id }) => id === touchpoint.campaignId)?.name ?? '',
      }),
    })),
  ];
  return {
    items: items.toSorted((one, other) => (one.at < other.at ? 1 : -1)),
    nextCursor: null,
  };
}

interface Shown {
  me?: Me;
  campaigns?: CampaignRow[];
  page?: CampaignReport;
  asked?: Plan[];
  context?: LeadContext;
}

function showing({
  me = marketer,
  campaigns = rows(),
  page = report(),
  asked = plans(),
  context = leadContext(),
}: Shown = {}): World {
  const period = { from: '2026-01', to: '2026-12', asOf: ago(60_000) };
  const hub = ({ method, path, body }: RequestOf<'hub.fetch'>): Answer | undefined => {
    const { pathname, searchParams } = new URL(path, hubUrl);
    const [, , area, id, what] = pathname.split('/');
    if (area === 'campaigns') {
      if (id === undefined) return ok({ ...period, campaigns, total: campaigns.length });
      if (method !== 'PATCH') return ok(page);
      Object.assign(page.campaign, body);
      return { ok: true, value: { status: 204, body: null } };
    }
    if (area === 'plans') return answerPlans(asked, me, { method, id, what, body, searchParams });
    if (area !== 'people') return undefined;
    if (id === 'search') {
      const { text } = body as { text: string };
      const people = found.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
      return ok({ people, nextCursor: null });
    }
    if (what === 'context') return ok(context);
    const { items } = journeyOf(context);
    const kind = searchParams.get('kind');
    return ok({ items: items.filter((item) => kind === null || item.kind === kind), nextCursor: null });
  };
  return world({ connection: { hubUrl, me }, hub });
}

function answerPlans(
  asked: Plan[],
  me: Me,
  request: {
    method: string;
    id: string | undefined;
    what: string | undefined;
    body: unknown;
    searchParams: URLSearchParams;
  },
): Answer {
  const { method, id, what, body, searchParams } = request;
  const by = { id: me.user.id, name: me.user.name };
  const at = ago(0);
  if (method === 'POST') {
    asked.unshift({ ...(body as Plan), by, at, opinions: [], silent: 5 });
    return ok(asked[0]);
  }
  if (id === undefined) {
    const isOpen = (plan: Plan) => !plan.decision && plan.opinionsUntil > at;
    const wanted = searchParams.get('state');
    return ok({
      plans: asked.filter((plan) => wanted === null || isOpen(plan) === (wanted === 'open')),
      nextCursor: null,
    });
  }
  const plan = asked.find((one) => one.id === id);
  if (!plan) return missing;
  if (what === 'decision') return ok(Object.assign(plan, { decision: { ...(body as NewDecision), by, at } }));
  const others = plan.opinions.filter((opinion) => opinion.by.id !== by.id);
  if (others.length === plan.opinions.length) plan.silent -= 1;
  plan.opinions = [{ ...(body as NewOpinion), by, at }, ...others];
  return ok(plan);
}

const offline = (me: Me) =>
  world({ connection: { hubUrl, me }, hub: () => ({ ok: false, error: { kind: 'offline' } }) });

/** Campaigns, plans and people. */
export const campaignStates = {
  campaigns: () => showing(),
  'campaigns-as-rep': () => showing({ me: rep }),
  'campaigns-empty': () => showing({ campaigns: [], asked: [] }),
  'campaigns-error': () => offline(marketer),
  'campaigns-hostile': () => showing({ campaigns: rows(hostileName) }),
  'campaigns-page': () => showing(),
  'campaigns-page-few': () =>
    showing({
      page: report('', {
        figures: { ...nothing, reached: 4, engaged: 2, mql: 1 },
        touches: [{ week: monday(1), kind: 'email.sent', touches: 4, machine: 0 }],
        quotes: [],
        planned: [],
        plans: [],
        verdicts: { praise: 0, suggestion: 0, hold: 0, askFirst: 0 },
        campaign: rows()[1]!.campaign,
        activity: {},
      }),
    }),
  'campaigns-page-hostile': () => showing({ page: report(hostileName) }),
  'campaigns-plans': () => showing({ me: rep }),
  'campaigns-plans-marketing': () => showing(),
  'campaigns-plans-hostile': () => showing({ asked: plans(hostileName) }),
  'campaigns-ask': () => showing(),
  people: () => showing(),
  'people-person': () => showing({ me: rep }),
  'people-hostile': () => showing({ context: hostileContext() }),
  'people-error': () => offline(rep),
  'popup-asked': () => showing({ me: rep }),
} satisfies Record<string, () => World>;
