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
      create_date: value.moment,
      write_date: value.moment,
      list_id: named,
    }),
  }),
});
type Contact = NonNullable<z.infer<typeof Subscription>['contact_id']>;

/**
 * Who wants no mailings any more, and who has taken that back. Being on a list alone says nothing: lists are imported,
 * too, so it stays unknown.
 */
export const pullConsent = pullParts<SourceConsent>([
  part({
    model: 'mail.blacklist',
    fields: { email: null, active: null, write_date: null },
    row: Blacklisted,
    archived: true,
    wanted: wantsMailings,
    // Who is taken off the list stays on it, archived.
    items: ({ email, active, write_date: since }) =>
      statement(
        email,
        active ? 'withdrawn' : 'granted',
        since,
        active ? 'Blacklist' : 'Off the blacklist again',
      ),
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
          create_date: null,
          write_date: null,
          list_id: nameOf('mailing.list'),
        }),
      }),
    },
    row: Subscription,
    wanted: wantsMailings,
    items: ({ contact_id: contact }) => (contact && !contact.is_blacklisted ? subscriptionOf(contact) : []),
  }),
]);

/** Somebody has left the mailings when they have left every list. */
function subscriptionOf({
  email_normalized: email,
  subscription_ids: subscriptions,
}: Contact): SourceConsent[] {
  const left = subscriptions.filter(({ opt_out: hasLeft }) => hasLeft);
  if (left.length === subscriptions.length) {
    const since = left.map((one) => one.opt_out_datetime ?? one.write_date ?? '');
    return statement(email, 'withdrawn', since.sort().at(-1), namesOf(left));
  }
  // Nothing else of a subscription is ever changed.
  const back = subscriptions.filter(
    (one) => !one.opt_out && (one.write_date ?? '') > (one.create_date ?? one.write_date ?? ''),
  );
  const since = back.map((one) => one.write_date ?? '');
  return statement(email, 'granted', since.sort().at(-1), namesOf(back));
}

const namesOf = (subscriptions: Contact['subscription_ids']) =>
  subscriptions.map(({ list_id: list }) => list?.display_name ?? '').join(', ');

function statement(
  email: string | undefined,
  state: 'granted' | 'withdrawn',
  since: string | undefined,
  basis: string,
): SourceConsent[] {
  const address = addressIn(email);
  if (address === undefined || !since) return [];
  return [{ person: { email: address }, consents: [{ channel: 'email', state, basis, since }] }];
}
