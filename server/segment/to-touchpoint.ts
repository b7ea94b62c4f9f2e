import { v5 as uuidFrom } from 'uuid';
import type { CampaignKind } from '../../utils/contract/campaign.ts';
import type { NewTouchpoint } from '../../utils/contract/ingest.ts';
import { eventKind } from './event-kinds.ts';
import type { MessageOf } from './message.ts';

/** A touchpoint before it is known whose it is. */
export type Deed = Omit<NewTouchpoint, 'person'>;

/** What somebody did, as a touchpoint: the message's id is what makes it the same when it is sent again. */
export function toTouchpoint(
  workspaceId: string,
  message: MessageOf<'track' | 'page' | 'screen'>,
  at: Date,
): Deed {
  const { page, userAgent } = message.context ?? {};
  const properties = message.properties ?? {};
  const what = message.type === 'track' ? eventKind(message.event) : eventKind('Page Viewed');
  const title =
    message.type === 'track'
      ? (text(properties['title']) ?? text(properties['subject']) ?? page?.title ?? message.event)
      : (text(properties['title']) ?? page?.title ?? message.name ?? 'Page');
  const url = link(text(properties['url']) ?? page?.url);
  const campaign = campaignOf(workspaceId, message);
  return {
    id: uuidFrom(`segment message ${message.messageId}`, workspaceId),
    ...what,
    title: what.kind === 'custom' && message.type === 'track' ? message.event : title,
    ...(url !== undefined && { url }),
    ...(campaign && { campaign }),
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, 1_000) }),
    occurredAt: at.toISOString(),
    machine: false,
    source: 'segment',
    sourceId: message.messageId,
  };
}

/** The campaign that brought them, by its utm name: the same name is the same campaign. */
function campaignOf(workspaceId: string, { context }: MessageOf<'track' | 'page' | 'screen'>) {
  const { name, medium } = context?.campaign ?? {};
  if (name === undefined || name.trim() === '') return undefined;
  const plain = name.trim();
  return {
    id: uuidFrom(`segment campaign ${plain.toLowerCase()}`, workspaceId),
    name: plain,
    kind: kindOf(medium),
  };
}

const AD_MEDIA = ['cpc', 'ppc', 'paid', 'cpm', 'display', 'ads', 'retargeting', 'paid-social', 'paidsocial'];

function kindOf(medium: string | undefined): CampaignKind {
  const plain = medium?.trim().toLowerCase().replaceAll(/[\s_]/g, '-');
  if (plain === undefined) return 'other';
  if (['email', 'e-mail', 'mail', 'newsletter'].includes(plain)) return 'mail';
  if (plain === 'webinar') return 'webinar';
  return AD_MEDIA.includes(plain) ? 'ads' : 'other';
}

const text = (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' && value.isWellFormed() && !value.includes('\0')
    ? value
    : undefined;

/** Without the query, which may hold addresses and names. */
function link(value: string | undefined): string | undefined {
  const url = value === undefined ? null : URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const plain = `${url.origin}${url.pathname}`;
  return plain.length <= 2_048 ? plain : undefined;
}
