import type { Channel, TouchpointKind } from '../../utils/contract/touchpoint.ts';

interface EventKind {
  kind: TouchpointKind;
  channel: Channel;
  direction: 'inbound' | 'outbound';
}

const inbound = (kind: TouchpointKind, channel: Channel): EventKind => ({
  kind,
  channel,
  direction: 'inbound',
});
const outbound = (kind: TouchpointKind, channel: Channel): EventKind => ({
  kind,
  channel,
  direction: 'outbound',
});

/**
 * What the usual names of events stand for (Segment's specs for e-mail and B2B SaaS, and what forms, webinar and
 * event tools send). Any other name is `custom`. Listed in docs/ingest.md; compared without case, `_` and `-`.
 */
export const EVENT_KINDS: Readonly<Record<string, EventKind>> = {
  'email sent': outbound('email.sent', 'email'),
  'email delivered': outbound('email.delivered', 'email'),
  'email opened': inbound('email.opened', 'email'),
  'email link clicked': inbound('email.clicked', 'email'),
  'email clicked': inbound('email.clicked', 'email'),
  'email replied': inbound('email.replied', 'email'),
  'email bounced': inbound('email.bounced', 'email'),
  'email marked as spam': inbound('email.complained', 'email'),
  'email complained': inbound('email.complained', 'email'),
  unsubscribed: inbound('email.unsubscribed', 'email'),
  'email unsubscribed': inbound('email.unsubscribed', 'email'),
  'form submitted': inbound('form.submitted', 'web'),
  'lead form submitted': inbound('form.submitted', 'web'),
  'demo requested': inbound('form.submitted', 'web'),
  'contact requested': inbound('form.submitted', 'web'),
  'newsletter subscribed': inbound('form.submitted', 'web'),
  'page viewed': inbound('page.visited', 'web'),
  'page visited': inbound('page.visited', 'web'),
  'asset downloaded': inbound('asset.downloaded', 'web'),
  'file downloaded': inbound('asset.downloaded', 'web'),
  'content downloaded': inbound('asset.downloaded', 'web'),
  'whitepaper downloaded': inbound('asset.downloaded', 'web'),
  'ebook downloaded': inbound('asset.downloaded', 'web'),
  'event registered': inbound('event.registered', 'event'),
  'webinar registered': inbound('event.registered', 'event'),
  'event attended': inbound('event.attended', 'event'),
  'event no show': inbound('event.no_show', 'event'),
  'webinar no show': inbound('event.no_show', 'event'),
  'webinar attended': inbound('webinar.watched', 'event'),
  'webinar watched': inbound('webinar.watched', 'event'),
  'webinar recording watched': inbound('webinar.watched', 'web'),
  'ad clicked': inbound('ad.clicked', 'ads'),
  'chat started': inbound('chat', 'chat'),
  'live chat conversation started': inbound('chat', 'chat'),
};

/** What a tracked event is. A name nobody knows says only that something was done. */
export function eventKind(name: string): EventKind {
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
  return Object.hasOwn(EVENT_KINDS, plain) && EVENT_KINDS[plain]
    ? EVENT_KINDS[plain]
    : inbound('custom', 'other');
}
