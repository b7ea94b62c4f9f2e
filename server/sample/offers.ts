import type { NewOffer } from '../../utils/contract/planned-touch.ts';
import { makeId } from './ids.ts';
import { COMPANY } from './team.ts';
import type { Cast } from './to-contract.ts';
import { DAY } from './working-time.ts';

/** What runs now: one offer for a language area, one for those a campaign made it to. */
export function makeOffers({ random, campaigns, at }: Cast): NewOffer[] {
  const retrofit = campaigns.get('retrofit');
  return [
    {
      id: makeId(random, 30 * DAY),
      title: 'Messmonat kostenlos: vier Wochen NL-300 in Ihrer Halle',
      details:
        'Zwanzig Sensoren, Einbau an einem Vormittag, Bericht am Ende. Bei Kauf bleiben die Sensoren hängen.',
      url: `https://www.${COMPANY.domain}/de/kuehlkette`,
      validFrom: at(30 * DAY),
      validTo: at(-28 * DAY),
      countries: ['DE', 'AT', 'CH'],
    },
    {
      id: makeId(random, 20 * DAY),
      title: 'Pilot aisle: one aisle with sensors, free for a month',
      details: 'Fitted on a Saturday, no downtime. What they keep after the month is 10 % off.',
      url: `https://www.${COMPANY.domain}/en/retrofit`,
      validFrom: at(20 * DAY),
      validTo: at(-22 * DAY),
      ...(retrofit && { campaignId: retrofit.id }),
    },
  ];
}
