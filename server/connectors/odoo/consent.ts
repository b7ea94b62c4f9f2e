import { z } from 'zod';
import type { SourceConsent } from '../connector.ts';
import { nameOf, of } from './api.ts';
import { wantsMailings } from './campaigns.ts';
import { part, pullParts } from './parts.ts';
import { addressIn, named, value } from './values.ts';

const Blacklisted = z.object({
  id: value.id,
  email: value.text,
  active: value.yesNo,
  create_date: value.moment,
  write_date: value.moment,
});

const Subscription = z.object({
  id: value.id,
  contact_id: value.one({
    email_normalized: value.text,
    is_blacklisted: value.yesNo,
    subscription_ids: value.many({
      opt_out: value.yesNo,
      opt_out_datetime: value.moment,
      write_date: value.moment,
      list_id: named,
    }),
  }),
});
type Contact = NonNullable<z.infer<typeof Subscription>['contact_id']>;

/**
 * Who wants no mailings any more. Being on a list is no consent: lists are imported, too. So nothing is ever `granted`
 * here, and who takes a refusal back is unknown again.
 */
export const pullConsent = pullParts<SourceConsent>([
  part({
    model: 'mail.blacklist',
    fields: { email: null, active: null, create_date: null, write_date: null },
    row: Blacklisted,
    archived: true,
    wanted: wantsMailings,
    items: ({ email, active, create_date: created, write_date: written }) =>
      refusalOf(email, active ? (created ?? written) : null, 'Blacklist'),
  }),
  part({
    model: 'mailing.subscription',
    fields: {
      contact_id: of('mailing.contact', {
        email_normalized: null,
        is_blacklisted: null,
        subscription_ids: of('mailing.subscription', {
          opt_out: null,
          opt_out_datetime: null,
          write_date: null,
          list_id: nameOf('mailing.list'),
        }),
      }),
    },
    row: Subscription,
    wanted: wantsMailings,
    items: ({ contact_id: contact }) => (contact && !contact.is_blacklisted ? optOutOf(contact) : []),
  }),
]);

/** Somebody has left the mailings when they have left every list. */
function optOutOf({ email_normalized: email, subscription_ids: subscriptions }: Contact): SourceConsent[] {
  const left = subscriptions.filter(({ opt_out: hasLeft }) => hasLeft);
  const hasLeftAll = left.length === subscriptions.length;
  const since = left.map((one) => one.opt_out_datetime ?? one.write_date ?? '').sort();
  const lists = left.map(({ list_id: list }) => list?.display_name).filter((name) => name !== undefined);
  return refusalOf(email, hasLeftAll ? since.at(-1) : null, lists.join(', '));
}

/** @param since null: there is none, or none any more. */
function refusalOf(
  email: string | undefined,
  since: string | null | undefined,
  basis: string,
): SourceConsent[] {
  const address = addressIn(email);
  if (address === undefined || since === undefined || since === '') return [];
  const consents =
    since === null ? [] : [{ channel: 'email' as const, state: 'withdrawn' as const, basis, since }];
  return [{ person: { email: address }, consents }];
}
