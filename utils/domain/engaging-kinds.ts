import type { TouchpointKind } from '../contract/touchpoint.ts';

/** What somebody does themselves, unless a machine did it for them; the rest was done to them, or says nothing. */
export const ENGAGING_KINDS: readonly TouchpointKind[] = [
  'email.opened',
  'email.clicked',
  'email.replied',
  'form.submitted',
  'page.visited',
  'asset.downloaded',
  'event.registered',
  'event.attended',
  'ad.clicked',
  'webinar.watched',
  'call',
  'meeting',
  'chat',
];
