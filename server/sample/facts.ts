import type { AgreementDocument } from '../../utils/contract/agreement.ts';
import type { Campaign } from '../../utils/contract/campaign.ts';
import type { Facts, FieldFact } from '../../utils/domain/facts.ts';
import type { SampleConfirmation, SamplePerson, SampleTouchpoint } from './sample-workspace.ts';

/** A person of the sample, and what is theirs. */
export interface Known {
  person: SamplePerson;
  touchpoints: readonly SampleTouchpoint[];
  confirmations: readonly SampleConfirmation[];
}

/** What was known of somebody at a moment, when all sources spoke. */
export function factsAt(
  now: string,
  { person, touchpoints, confirmations }: Known,
  { campaigns }: { campaigns: ReadonlyMap<string, Campaign> },
  { expiry }: Pick<AgreementDocument, 'expiry'>,
): Facts {
  const { name, company, title, country, emails, source, sourcedAt = now } = person;
  // What a source confirmed later was so before.
  const at = sourcedAt < now ? sourcedAt : now;
  const known = { name, company, title, country, email: emails[0], ...person.attributes };
  const kinds = new Map([...campaigns.values()].map(({ id, kind }) => [id, kind]));
  return {
    now,
    expiry,
    silentKinds: [],
    fields: new Map(
      Object.entries(known).flatMap(([key, value]): [string, FieldFact][] =>
        value === undefined ? [] : [[key, { value, at, ...(source !== undefined && { source }) }]],
      ),
    ),
    touchpoints: touchpoints
      .filter(({ occurredAt }) => occurredAt <= now)
      .map(({ id, kind, title, campaignId, occurredAt, source, machine }) => {
        const campaignKind = kinds.get(campaignId ?? '');
        const campaign = { ...(campaignId && { campaignId }), ...(campaignKind && { campaignKind }) };
        return { id, kind, title, ...campaign, occurredAt, source, machine };
      }),
    confirmations: new Map(
      confirmations
        .filter((one) => one.at <= now)
        .map(({ subject, confirmed, by, at }) => [subject, { confirmed, by, at }]),
    ),
  };
}
