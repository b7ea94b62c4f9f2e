import type { Language } from '../../utils/contract/primitives.ts';
import type { CampaignDraft } from './campaign.ts';
import { campaigns } from './campaigns.ts';
import type { TouchDraft } from './draft.ts';
import type { Random } from './random.ts';
import { DAY, MINUTE } from './working-time.ts';

const SECOND = 1000;

/**
 * How somebody takes part in a campaign at `age`: what they click, fill in, attend. Oldest first. The form
 * or registration that makes them known is at most ten minutes after `age`.
 */
export function takePart(random: Random, campaign: CampaignDraft, age: number): TouchDraft[] {
  const { path, title } = campaign.page;
  const at = (
    age: number,
    kind: TouchDraft['kind'],
    title: string,
    more: Partial<TouchDraft> = {},
  ): TouchDraft => ({
    age,
    kind,
    title,
    campaign: campaign.key,
    ...more,
  });
  const visit = at(age - 2 * SECOND, 'page.visited', title, { path });
  const formAge = age - random.between(1, 9) * MINUTE;
  switch (campaign.kind) {
    case 'webinar': {
      const day = (campaign.day ?? 0) * DAY - random.between(0, 10) * MINUTE;
      const registered = [visit, at(formAge, 'event.registered', title, { path, source: 'zoom' })];
      if (day >= formAge) return registered;
      return [...registered, at(day, random.chance(0.65) ? 'webinar.watched' : 'event.no_show', title)];
    }
    case 'trade_fair':
      return [at(age, 'event.attended', title), at(formAge, 'form.submitted', campaign.form)];
    case 'whitepaper':
      return [
        visit,
        at(formAge, 'form.submitted', campaign.form, { path }),
        at(formAge - 30 * SECOND, 'asset.downloaded', campaign.asset ?? title, { path }),
      ];
    case 'ads':
      return [
        at(age, 'ad.clicked', title, { path }),
        visit,
        at(formAge, 'form.submitted', campaign.form, { path }),
      ];
    case 'phone':
      return [
        at(age, 'call', campaign.language === 'de' ? 'Anruf der Telefonaktion' : 'Call of the campaign'),
      ];
    default:
      return [visit, at(formAge, 'form.submitted', campaign.form, { path })];
  }
}

/** Browsing and taking part in more campaigns between two ages. */
export function takePartMore(
  random: Random,
  language: Language,
  from: number,
  until: number,
  engagement: number,
  known: CampaignDraft | null,
): TouchDraft[] {
  return campaigns
    .filter((campaign) => campaign.language === language && campaign.kind !== 'mail' && campaign !== known)
    .flatMap((campaign) => {
      const first = Math.min(from, campaign.from * DAY);
      const last = (campaign.day ?? campaign.to) * DAY;
      // A fair or webinar after marketing stopped is none of theirs.
      const isOver = campaign.day !== undefined && last < until;
      if (isOver || first <= Math.max(last, until) || !random.chance(0.02 + 0.2 * engagement)) return [];
      const isFair = campaign.kind === 'trade_fair';
      const touches = takePart(
        random,
        campaign,
        isFair ? last : random.between(Math.max(last, until), first),
      );
      // Most who click an ad look around and leave.
      const isIdle = campaign.kind === 'ads' && random.chance(0.8);
      return isIdle ? touches.slice(0, 2) : touches;
    });
}
