import { z } from 'zod';
import type { CampaignKind } from '../../../utils/contract/campaign.ts';
import type { TouchpointKind } from '../../../utils/contract/touchpoint.ts';
import { readCampaignKind, readTouchpointKind, usualChannel } from '../../imports/cell-values.ts';
import type { SourceCampaign, SourceTouchpoint } from '../connector.ts';
import { shortId } from './my-domain.ts';
import { defineFeed, Moment, personRecord, RecordId } from './query.ts';

const Text = z.string().nullish();
const Day = z.iso.date().nullish();

const CampaignRow = z.object({ Name: z.string(), Type: Text, StartDate: Day });
export const campaigns = defineFeed({
  object: 'Campaign',
  row: CampaignRow.extend({ Id: RecordId, SystemModstamp: Moment, EndDate: Day }),
  items: ({ Id, EndDate, ...campaign }): SourceCampaign[] => [
    { ...campaignOf(Id, campaign), ...(EndDate && { endsAt: `${EndDate}T23:59:59.999Z` }) },
  ],
});

const Member = z.object({
  Id: RecordId,
  SystemModstamp: Moment,
  CreatedDate: Moment,
  LeadId: RecordId.nullish(),
  ContactId: RecordId.nullish(),
  CampaignId: RecordId,
  Campaign: CampaignRow.nullish(),
  Status: Text,
  HasResponded: z.boolean().nullish(),
  FirstRespondedDate: Day,
});
type Member = z.infer<typeof Member>;
export const members = defineFeed({ object: 'CampaignMember', row: Member, items: touchpointsOf });

export const calls = defineFeed({
  object: 'Task',
  where: () => ["TaskSubtype = 'Call'", 'IsClosed = true', 'WhoId != null'],
  row: z.object({
    Id: RecordId,
    SystemModstamp: Moment,
    CreatedDate: Moment,
    WhoId: RecordId,
    Subject: Text,
    CallType: Text,
    CompletedDateTime: Moment.nullish(),
  }),
  items: (task): SourceTouchpoint[] =>
    talk('call', task, task.CompletedDateTime ?? task.CreatedDate, task.CallType === 'Inbound'),
});

const Meeting = z.object({
  Id: RecordId,
  SystemModstamp: Moment,
  WhoId: RecordId,
  Subject: Text,
  StartDateTime: Moment,
});
const meeting = {
  object: 'Event',
  where: (now: Date) => ['WhoId != null', `StartDateTime <= ${now.toISOString()}`],
  row: Meeting,
  items: (event: z.infer<typeof Meeting>) => talk('meeting', event, event.StartDateTime, false),
};
export const meetings = defineFeed(meeting);
/** A meeting that was entered before it began does not change when it does. */
export const begunMeetings = defineFeed({ ...meeting, by: 'StartDateTime', isForRecentOnly: true });

function campaignOf(id: string, { Name, Type, StartDate }: z.infer<typeof CampaignRow>) {
  return {
    sourceId: shortId(id),
    name: Name.trim() || shortId(id),
    kind: campaignKind(Type ?? ''),
    ...(StartDate && { startsAt: startOf(StartDate) }),
  };
}

/** Salesforce's own types, and whatever an organisation has in their place. */
function campaignKind(type: string): CampaignKind {
  return type === 'Banner Ads' ? 'ads' : (readCampaignKind(type) ?? 'other');
}

/** The least that a response says; a mailing's may be a click as well as an answer. */
const RESPONSES: Record<CampaignKind, TouchpointKind> = {
  mail: 'custom',
  webinar: 'event.registered',
  trade_fair: 'event.registered',
  whitepaper: 'asset.downloaded',
  ads: 'ad.clicked',
  phone: 'call',
  other: 'custom',
};
const AT_THE_EVENT: readonly TouchpointKind[] = ['event.attended', 'event.no_show', 'webinar.watched'];

/** A member stands for what was sent to somebody, and for what came of it, as its status says. */
function touchpointsOf(member: Member): SourceTouchpoint[] {
  const who = member.ContactId ?? member.LeadId;
  if (!who) return [];
  const campaign = member.Campaign ? campaignOf(member.CampaignId, member.Campaign) : undefined;
  const status = member.Status ?? '';
  const said = readTouchpointKind(status);
  const touchpoint = (kind: TouchpointKind, occurredAt: string): SourceTouchpoint => ({
    sourceId: `${shortId(member.Id)}:${kind}`,
    person: { record: personRecord(who) },
    kind,
    ...usualChannel(kind),
    ...(campaign && { campaign }),
    title: [campaign?.name, kind === 'email.sent' ? '' : status].filter(Boolean).join(': '),
    occurredAt,
    machine: false,
  });
  const wasSent = campaign?.kind === 'mail' && (said === 'email.sent' || member.HasResponded === true);
  const outcome =
    said === 'email.sent'
      ? null
      : (said ?? (member.HasResponded ? RESPONSES[campaign?.kind ?? 'other'] : null));
  return [
    ...(wasSent ? [touchpoint('email.sent', member.CreatedDate)] : []),
    ...(outcome ? [touchpoint(outcome, outcomeAt(outcome, member))] : []),
  ];
}

/** When it happened, by day: an event's is its own, any other the first response's. */
function outcomeAt(outcome: TouchpointKind, member: Member): string {
  const { FirstRespondedDate: responded, Campaign: campaign, CreatedDate, SystemModstamp } = member;
  const isOver = campaign?.StartDate && startOf(campaign.StartDate) <= SystemModstamp;
  if (AT_THE_EVENT.includes(outcome) && isOver) return startOf(campaign.StartDate ?? '');
  if (!responded) return SystemModstamp;
  const day = startOf(responded);
  const notBefore = day > CreatedDate ? day : CreatedDate;
  return notBefore < SystemModstamp ? notBefore : SystemModstamp;
}

function talk(
  kind: 'call' | 'meeting',
  row: { Id: string; WhoId: string; Subject?: string | null | undefined },
  occurredAt: string,
  isInbound: boolean,
): SourceTouchpoint[] {
  return [
    {
      sourceId: shortId(row.Id),
      person: { record: personRecord(row.WhoId) },
      kind,
      ...usualChannel(kind),
      ...(isInbound && { direction: 'inbound' as const }),
      title: row.Subject ?? '',
      occurredAt,
      machine: false,
    },
  ];
}

function startOf(day: string): string {
  return `${day}T00:00:00.000Z`;
}
