import { campaignOf } from './campaigns.ts';
import type { ConfirmationDraft, PersonDraft, PlannedDraft, StageDraft, TouchDraft } from './draft.ts';
import { DAY, MINUTE } from './working-time.ts';

/* Words for stories told by hand: ages in working days before now. */

type More = Omit<Partial<TouchDraft>, 'age' | 'kind'>;

export const touch = (
  days: number,
  kind: TouchDraft['kind'],
  title: string,
  more: More = {},
): TouchDraft => ({
  age: days * DAY,
  kind,
  title,
  ...more,
});

/**
 * A mail of a campaign by its number there (0 is the first), at the campaign's own date, and how far the
 * reader went with it.
 */
export function mail(
  campaign: string,
  number: number,
  went: 'delivered' | 'opened' | 'clicked',
): TouchDraft[] {
  const { mails, page } = campaignOf(campaign);
  const sent = mails[number];
  if (sent === undefined) throw new Error(`${campaign} has no mail ${number}`);
  const at = (minutes: number, kind: TouchDraft['kind'], title = sent.subject, more: More = {}) =>
    touch(sent.age - (minutes * MINUTE) / DAY, kind, title, { campaign, ...more });
  const delivered = [at(0, 'email.sent'), at(0.1, 'email.delivered')];
  if (went === 'delivered') return delivered;
  const opened = [...delivered, at(95, 'email.opened')];
  if (went === 'opened') return opened;
  const { path } = page;
  return [
    ...opened,
    at(96, 'email.clicked', sent.subject, { path }),
    at(96.1, 'page.visited', page.title, { path }),
  ];
}

export const stage = (
  days: number,
  to: StageDraft['to'],
  by: StageDraft['by'],
  reason?: string,
): StageDraft => ({
  age: days * DAY,
  to,
  by,
  ...(reason !== undefined && { reason }),
});

export const emailConsent = (days: number, basis: string): PersonDraft['consents'][number] => ({
  channel: 'email',
  state: 'granted',
  basis,
  source: 'mautic',
  age: days * DAY,
});

export const phoneConsent = (days: number, basis: string): PersonDraft['consents'][number] => ({
  channel: 'phone',
  state: 'granted',
  basis,
  source: 'espocrm',
  age: days * DAY,
});

export const confirmed = (
  subject: ConfirmationDraft['subject'],
  days: number,
  by: number,
): ConfirmationDraft => ({
  subject,
  confirmed: true,
  age: days * DAY,
  by,
});

/** The next mail of a campaign, at the campaign's own date. */
export function planned(campaign: string): PlannedDraft {
  const [next] = campaignOf(campaign).planned ?? [];
  if (next === undefined) throw new Error(`${campaign} has no mail to come`);
  return { due: { age: -next.in * DAY }, title: next.subject, campaign };
}
