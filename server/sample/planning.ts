import type { Language } from '../../utils/contract/primitives.ts';
import { campaigns } from './campaigns.ts';
import type { PersonDraft, PlannedDraft } from './draft.ts';
import { DAY } from './working-time.ts';

/** How recently somebody must have got a campaign's mail to be on its list still. */
const ON_THE_LIST = 60 * DAY;

/** The coming mails of the campaigns whose mails somebody gets, as long as we may write to them. */
export function plannedFor(
  language: Language,
  { stages, touches, consents }: Pick<PersonDraft, 'stages' | 'touches' | 'consents'>,
): PlannedDraft[] {
  const mayWrite = consents.some(({ channel, state }) => channel === 'email' && state === 'granted');
  if (!mayWrite || stages.at(-1)?.to === 'disqualified') return [];
  return campaigns
    .filter((campaign) => campaign.language === language)
    .flatMap(({ key, planned = [] }) => {
      const isOnTheList = touches.some(
        ({ kind, campaign, age }) => kind === 'email.sent' && campaign === key && age < ON_THE_LIST,
      );
      return isOnTheList
        ? planned.map((mail) => ({ due: { age: -mail.in * DAY }, title: mail.subject, campaign: key }))
        : [];
    });
}
