import type { Campaign } from '../../utils/contract/campaign.ts';
import type { Feedback } from '../../utils/contract/feedback.ts';
import type { User } from '../../utils/contract/session.ts';
import type { Actor } from '../../utils/contract/stage.ts';
import type { Channel, Touchpoint } from '../../utils/contract/touchpoint.ts';
import type { FeedbackDraft, MoverDraft, PersonDraft, PlannedDraft, System, TouchDraft } from './draft.ts';
import { makeId } from './ids.ts';
import type { Random } from './random.ts';
import type {
  SampleConfirmation,
  SamplePerson,
  SamplePlannedTouch,
  SampleTouchpoint,
} from './sample-workspace.ts';
import { COMPANY } from './team.ts';

/** What turns ages, keys and positions into dates, ids and names. */
export interface Cast {
  random: Random;
  users: readonly User[];
  campaigns: ReadonlyMap<string, Campaign>;
  at: (age: number) => string;
  now: Date;
}

/** The status the sample's CRM shows at each stage. */
const crmStatus: Partial<Record<string, string>> = {
  mql: 'New',
  sal: 'Assigned',
  sql: 'In Process',
  opportunity: 'Converted',
  customer: 'Converted',
  recycled: 'Recycled',
  disqualified: 'Dead',
};

export function toPerson(draft: PersonDraft, cast: Cast): SamplePerson {
  const { name, emails, company, title, phone, country, language, externalIds, attributes } = draft;
  const { known, owner, stages, consents, doNotContact } = draft;
  const oldest = stages[0]?.age ?? 0;
  const status = crmStatus[stages.at(-1)?.to ?? ''];
  const inCrm = externalIds.some(({ system }) => system === 'espocrm');
  return {
    id: makeId(cast.random, oldest),
    name,
    emails,
    company,
    ...(title !== undefined && { title }),
    country,
    language,
    externalIds,
    attributes,
    source: known.source,
    sourcedAt: cast.at(known.age),
    ...(phone !== undefined && { phone }),
    ...(owner !== undefined && { owner: nameOf(cast, owner) }),
    stageEvents: stages.map(({ age, to, by, reason }, index) => ({
      id: makeId(cast.random, age),
      from: stages[index - 1]?.to ?? null,
      to,
      at: cast.at(age),
      by: toActor(cast, by),
      ...(reason !== undefined && { reason }),
      agreementVersion: 1,
      kind: 'move' as const,
    })),
    ...(inCrm && status !== undefined && { sourceStatus: { system: 'espocrm', value: status } }),
    consents: consents.map(({ age, ...consent }) => ({ ...consent, since: cast.at(age) })),
    ...(doNotContact && { doNotContact: { reason: doNotContact.reason, since: cast.at(doNotContact.age) } }),
  };
}

export function toTouchpoint(
  draft: TouchDraft,
  personId: string,
  sourceId: string,
  cast: Cast,
): SampleTouchpoint {
  const { age, kind, title, campaign, path, highlight, machine = false, source } = draft;
  return {
    id: makeId(cast.random, age),
    personId,
    kind,
    channel: channelOf(kind),
    direction: outbound.has(kind) ? 'outbound' : 'inbound',
    ...(campaign !== undefined && { campaignId: campaignIn(cast, campaign).id }),
    title,
    ...(highlight !== undefined && { highlight }),
    ...(path !== undefined && { url: `https://www.${COMPANY.domain}${path}` }),
    occurredAt: cast.at(age),
    machine,
    ...(machine && { machineReason: 'proxy' as const }),
    source: source ?? sourceOf(kind),
    sourceId,
  };
}

export function toConfirmations(draft: PersonDraft, person: SamplePerson, cast: Cast): SampleConfirmation[] {
  return draft.confirmations.map(({ subject, confirmed, age, by }) => ({
    id: makeId(cast.random, age),
    personId: person.id,
    subject,
    confirmed,
    by: nameOf(cast, by),
    at: cast.at(age),
  }));
}

/** Mails can be stopped until two hours before they go out. */
const STOP = 2 * 3_600_000;

export function toPlannedTouch(
  { due, title, campaign }: PlannedDraft,
  personId: string,
  cast: Cast,
): SamplePlannedTouch {
  const at = 'age' in due ? new Date(cast.at(due.age)) : new Date(cast.now.getTime() + due.hours * 3_600_000);
  const id = makeId(cast.random, 0);
  return {
    id,
    personId,
    campaignId: campaignIn(cast, campaign).id,
    title,
    channel: 'email',
    at: at.toISOString(),
    editableUntil: new Date(at.getTime() - STOP).toISOString(),
    source: 'mautic',
    sourceId: `planned-${id}`,
  };
}

export function toFeedback(draft: FeedbackDraft, person: SamplePerson, cast: Cast): Feedback {
  const { age, by, verdict, campaign: key, reasons = [], comment, state, reply } = draft;
  const campaign = key === undefined ? undefined : campaignIn(cast, key);
  return {
    id: makeId(cast.random, age),
    about: campaign
      ? { kind: 'campaign', campaignId: campaign.id, personId: person.id }
      : { kind: 'lead', personId: person.id },
    personName: person.name,
    ...(campaign && { campaignName: campaign.name }),
    verdict,
    reasons,
    ...(comment !== undefined && { comment }),
    by: nameOf(cast, by),
    clientTime: cast.at(age),
    at: cast.at(age),
    state,
    replies: reply
      ? [
          {
            id: makeId(cast.random, reply.age),
            by: nameOf(cast, reply.by),
            text: reply.text,
            at: cast.at(reply.age),
          },
        ]
      : [],
  };
}

function toActor(cast: Cast, by: MoverDraft): Actor {
  if (by === 'rule') return { kind: 'rule', id: 'agreement', name: 'Agreement' };
  if (by === 'mautic') return { kind: 'system', id: 'mautic', name: 'Mautic' };
  return { kind: 'person', ...nameOf(cast, by) };
}

function nameOf({ users }: Cast, position: number): { id: string; name: string } {
  const user = users[position];
  if (user === undefined) throw new RangeError(`no team member ${position}`);
  return { id: user.id, name: user.name };
}

function campaignIn({ campaigns }: Cast, key: string): Campaign {
  const campaign = campaigns.get(key);
  if (campaign === undefined) throw new RangeError(`no campaign ${key}`);
  return campaign;
}

const outbound = new Set<Touchpoint['kind']>([
  'email.sent',
  'email.delivered',
  'email.bounced',
  'call',
  'meeting',
  'note',
]);

function channelOf(kind: Touchpoint['kind']): Channel {
  if (kind === 'webinar.watched') return 'event';
  if (kind === 'call') return 'phone';
  if (kind === 'meeting' || kind === 'note' || kind === 'custom') return 'other';
  const [family] = kind.split('.');
  if (family === 'email' || family === 'event' || family === 'chat') return family;
  return family === 'ad' ? 'ads' : 'web';
}

function sourceOf(kind: Touchpoint['kind']): System {
  if (kind === 'call' || kind === 'meeting' || kind === 'note') return 'espocrm';
  if (kind === 'webinar.watched' || kind === 'event.no_show') return 'zoom';
  return kind === 'ad.clicked' ? 'google-ads' : 'mautic';
}
