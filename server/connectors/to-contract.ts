import { v5 as uuidv5 } from 'uuid';
import type { Campaign } from '../../utils/contract/campaign.ts';
import type { NewPerson, NewTouchpoint } from '../../utils/contract/ingest.ts';
import type { NewPlannedTouch } from '../../utils/contract/planned-touch.ts';
import type { ExternalId } from '../../utils/contract/primitives.ts';
import { recordKey } from '../imports/present-people.ts';
import type {
  SourceCampaign,
  SourceConsent,
  SourcePerson,
  SourcePlannedTouch,
  SourceRecord,
  SourceTouchpoint,
} from './connector.ts';

/** What the runner knows by itself of what a source says. */
export interface Origin {
  workspaceId: string;
  system: string;
  /** Which installation; see `Connector.tenant`. */
  tenant: string | undefined;
}

/** Ids follow from what the system calls a thing, so that it is the same thing in every pull. */
const idOf = (kind: string, { workspaceId, system }: Origin, sourceId: string) =>
  uuidv5(JSON.stringify([kind, system, sourceId]), workspaceId);

export const toExternalId = ({ type, id }: SourceRecord, { system, tenant }: Origin): ExternalId => ({
  ...{ system, type, id },
  ...(tenant !== undefined && { tenant }),
});

/** Of another installation of the same system, a campaign of the same number is another one. */
export const toCampaign = ({ sourceId, ...campaign }: SourceCampaign, origin: Origin): Campaign => ({
  ...campaign,
  id: idOf('campaign', origin, JSON.stringify([origin.tenant ?? '', sourceId])),
});

export function toPerson(
  { record, otherRecords = [], status, consents, ...person }: SourcePerson,
  origin: Origin,
): NewPerson {
  const { system, workspaceId } = origin;
  const externalId = toExternalId(record, origin);
  return {
    ...person,
    id: uuidv5(recordKey(externalId), workspaceId),
    externalIds: [
      externalId,
      ...otherRecords.map(({ system: other = system, ...theirs }) =>
        other === system ? toExternalId(theirs, origin) : { system: other, ...theirs },
      ),
    ],
    source: system,
    ...(status !== undefined && { sourceStatus: { system, value: status } }),
    ...(consents && { consents: consents.map((consent) => ({ ...consent, source: system })) }),
  };
}

export const toTouchpoint = (
  { person, campaign, ...touchpoint }: SourceTouchpoint,
  origin: Origin,
): NewTouchpoint => ({
  ...touchpoint,
  id: idOf('touchpoint', origin, touchpoint.sourceId),
  source: origin.system,
  person: toLookUp(person, origin),
  ...(campaign && { campaign: toCampaign(campaign, origin) }),
});

export const toPlannedTouch = (
  { person, campaign, ...touch }: SourcePlannedTouch,
  origin: Origin,
): NewPlannedTouch => ({
  ...touch,
  id: idOf('planned', origin, touch.sourceId),
  source: origin.system,
  person: toLookUp(person, origin),
  ...(campaign && { campaign: toCampaign(campaign, origin) }),
});

export const toLookUp = (person: SourceConsent['person'], origin: Origin) =>
  'email' in person ? person : { record: toExternalId(person.record, origin) };
