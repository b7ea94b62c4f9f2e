import type { z } from 'zod';
import type { PullName } from '../../utils/contract/source.ts';
import {
  type Connector,
  type Pull,
  SourceCampaign,
  SourceConsent,
  SourcePerson,
  SourcePlannedTouch,
  SourceTouchpoint,
} from './connector.ts';

/** What each pull brings. */
export const ITEMS = {
  campaigns: SourceCampaign,
  people: SourcePerson,
  consent: SourceConsent,
  touchpoints: SourceTouchpoint,
  planned: SourcePlannedTouch,
} satisfies Record<PullName, z.ZodType>;

export type Items = { [Name in PullName]: z.infer<(typeof ITEMS)[Name]> };

/** A connector's function for a pull; undefined: the system has nothing of the kind. */
export function pullOf<Name extends PullName>(
  connector: Connector,
  name: Name,
): Pull<Record<string, unknown>, Items[Name]> | undefined {
  const pulls = {
    campaigns: connector.pullCampaigns?.bind(connector),
    people: connector.pullPeople.bind(connector),
    consent: connector.pullConsent?.bind(connector),
    touchpoints: connector.pullTouchpoints.bind(connector),
    planned: connector.pullPlanned?.bind(connector),
  };
  return pulls[name] as Pull<Record<string, unknown>, Items[Name]> | undefined;
}
