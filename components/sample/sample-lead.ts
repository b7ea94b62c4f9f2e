import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Campaign } from '../../utils/contract/campaign.ts';
import type { HandOver } from '../../utils/contract/hand-over.ts';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import type { Me } from '../../utils/contract/session.ts';
import type { Touchpoint } from '../../utils/contract/touchpoint.ts';
import { defaultAgreement } from '../../utils/domain/default-agreement.ts';
import { i18n } from '../ui/i18n.ts';
import { language } from '../ui/language.ts';
import { sampleQualification } from './sample-qualification.ts';

/*
 * One invented lead, for who has no hub yet. Everybody is at example.com, which belongs to nobody; every time is
 * counted from the moment the page opens.
 */

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

const id = (kind: number, n: number) => `019a1000-000${kind}-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** The rep who looks at the sample. */
export const sampleMe: Me = {
  user: { id: id(1, 1), name: 'Alex Winter', email: 'alex.winter@example.com', role: 'rep', team: 'sales' },
  workspace: { id: id(0, 1), name: 'Tandem', domains: [] },
};
const marketer = { id: id(1, 2), name: 'Mara Vogt' };
export const sampleAddress = 'jonas.petersen@example.com';
export const sampleName = 'Jonas Petersen';

/** What the hub ships with. */
export const sampleAgreement = (now: number): Agreement => ({
  ...defaultAgreement(new Date(now)),
  version: 1,
  inForceSince: new Date(now - 120 * DAY).toISOString(),
  signatures: [],
});

/** The lead as it stands at `now`. */
export function sampleLead(now: number): LeadContext {
  const at = (ms: number) => new Date(now + ms).toISOString();
  const agreement = sampleAgreement(now);
  const campaigns = sampleCampaigns();
  const rule = { kind: 'rule', id: 'agreement', name: i18n.t('agreement.title') } as const;
  const crm = { kind: 'system', id: 'crm', name: i18n.t('sample.crm') } as const;
  const moves = [
    { id: id(8, 2), from: 'lead', to: 'mql', at: at(-2 * DAY), by: rule },
    { id: id(8, 1), from: null, to: 'lead', at: at(-40 * DAY), by: crm },
  ] as const;
  const person: LeadContext['person'] = {
    id: id(2, 1),
    name: sampleName,
    emails: [sampleAddress],
    title: i18n.t('sample.title'),
    company: i18n.t('sample.company'),
    country: 'DE',
    language: language(),
    owner: { id: sampleMe.user.id, name: sampleMe.user.name },
    externalIds: [],
    attributes: { employees: 240, industry: 'logistics' },
  };
  const lead = {
    person,
    stage: {
      eventId: moves[0].id,
      stage: 'mql',
      since: moves[0].at,
      by: rule,
      agreementVersion: agreement.version,
    },
    stageEvents: moves.map((move) => ({ ...move, agreementVersion: agreement.version, kind: 'move' })),
    handOver: sampleHandOver(at),
    plannedTouches: [
      {
        id: id(4, 501),
        campaignId: campaigns[1].id,
        campaignName: campaigns[1].name,
        title: i18n.t('sample.planned'),
        channel: 'email',
        at: at(2 * DAY + 3 * HOUR),
        editableUntil: at(2 * DAY),
        source: 'automation',
      },
    ],
    offers: [
      { id: id(3, 50), title: i18n.t('sample.offer'), validFrom: at(-20 * DAY), validTo: at(9 * DAY) },
    ],
    agreement: { version: agreement.version, validUntil: agreement.validUntil, expired: false },
    consents: [
      {
        channel: 'email',
        state: 'granted',
        basis: 'Double opt-in',
        source: 'automation',
        since: at(-40 * DAY),
      },
      { channel: 'phone', state: 'granted', source: 'crm', since: at(-2 * DAY) },
    ],
    touchpoints: sampleTouchpoints(at, campaigns),
    campaigns: [...campaigns],
    feedback: [
      {
        id: id(5, 1),
        about: { kind: 'campaign', campaignId: campaigns[0].id, personId: person.id },
        personName: person.name,
        campaignName: campaigns[0].name,
        verdict: 'praise',
        reasons: [],
        by: { id: sampleMe.user.id, name: sampleMe.user.name },
        clientTime: at(-DAY),
        at: at(-DAY),
        state: 'answered',
        replies: [{ id: id(6, 1), by: marketer, text: i18n.t('sample.reply'), at: at(-20 * HOUR) }],
      },
    ],
    sources: [
      { system: 'crm', label: i18n.t('sample.crm'), lastSuccessAt: at(-2 * 60_000) },
      { system: 'automation', label: i18n.t('sample.automation'), lastSuccessAt: at(-11 * 60_000) },
    ],
    asOf: at(0),
  } satisfies Omit<LeadContext, 'qualification' | 'touchpointCount'>;
  return {
    ...lead,
    touchpointCount: lead.touchpoints.length,
    qualification: sampleQualification(lead, agreement, now),
  };
}

const sampleCampaigns = () =>
  [
    {
      id: id(3, 1),
      name: i18n.t('sample.webinar'),
      kind: 'webinar',
      talkingPoints: i18n.t('sample.points'),
    },
    { id: id(3, 2), name: i18n.t('sample.mailing'), kind: 'mail' },
  ] as const satisfies Campaign[];

function sampleTouchpoints(
  at: (ms: number) => string,
  [webinar, mailing]: ReturnType<typeof sampleCampaigns>,
): Touchpoint[] {
  const inbound = { direction: 'inbound', machine: false, source: 'automation' } as const;
  const rows: Omit<Touchpoint, 'id'>[] = [
    {
      ...inbound,
      kind: 'email.clicked',
      channel: 'email',
      title: i18n.t('sample.clicked'),
      campaignId: mailing.id,
      occurredAt: at(-2 * HOUR),
    },
    {
      ...inbound,
      kind: 'email.opened',
      channel: 'email',
      title: i18n.t('sample.mailing'),
      campaignId: mailing.id,
      occurredAt: at(-9 * HOUR),
      machine: true,
      machineReason: 'too-fast',
    },
    {
      ...inbound,
      kind: 'email.sent',
      channel: 'email',
      direction: 'outbound',
      title: i18n.t('sample.mailing'),
      campaignId: mailing.id,
      occurredAt: at(-9 * HOUR),
    },
    {
      ...inbound,
      kind: 'form.submitted',
      channel: 'web',
      title: i18n.t('sample.callBack'),
      campaignId: webinar.id,
      occurredAt: at(-2 * DAY),
    },
    {
      ...inbound,
      kind: 'webinar.watched',
      channel: 'event',
      title: i18n.t('sample.watched'),
      highlight: i18n.t('sample.highlight'),
      campaignId: webinar.id,
      occurredAt: at(-2 * DAY - HOUR),
    },
    {
      ...inbound,
      kind: 'page.visited',
      channel: 'web',
      title: i18n.t('sample.prices'),
      occurredAt: at(-5 * DAY),
    },
    {
      ...inbound,
      kind: 'email.sent',
      channel: 'email',
      direction: 'outbound',
      title: i18n.t('sample.invitation'),
      campaignId: webinar.id,
      occurredAt: at(-14 * DAY),
    },
  ];
  return rows.map((row, index) => ({ ...row, id: id(4, index + 1) }));
}

/** Four hours were promised; of them a good three are left whenever the page opens. */
function sampleHandOver(at: (ms: number) => string): HandOver {
  const start = -40 * 60_000;
  const due = start + 4 * HOUR;
  return {
    id: id(7, 1),
    at: at(start),
    rule: {
      id: 'asked-to-talk',
      label: { en: 'Asked to talk to us', de: 'Hat um ein Gespräch gebeten' },
    },
    agreementVersion: 1,
    to: { id: sampleMe.user.id, name: sampleMe.user.name },
    assignment: {
      startedAt: at(start),
      working: [],
      atRiskAt: at(start),
      due: at(start),
      stoppedAt: at(start),
      tookMinutes: 0,
    },
    response: {
      startedAt: at(start),
      working: [{ from: at(start), to: at(due) }],
      atRiskAt: at(due - HOUR),
      due: at(due),
    },
    pauses: [],
    escalations: [],
    revision: 1,
  };
}
