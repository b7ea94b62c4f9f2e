import type { Language } from '../../utils/contract/primitives.ts';
import { campaignOf } from './campaigns.ts';
import type { TouchDraft } from './draft.ts';
import type { History } from './history.ts';
import { makeMailing } from './mailing.ts';
import type { Random } from './random.ts';
import { handOverTouches, sellingTouches } from './selling.ts';
import { takePart, takePartMore } from './taking-part.ts';
import { MINUTE } from './working-time.ts';

/** Everything that happened between first contact and `until`, oldest first. */
export function makeTouches(random: Random, language: Language, { stages, entry }: History, until: number) {
  const start = stages[0]?.age ?? 0;
  const depth = stages.length;
  const engagement = Math.min(1, random.between(0.05, 0.35) + depth * 0.1);
  const newsletter = campaignOf(language === 'de' ? 'lagerpost' : 'warehouse-letter');
  const ads = campaignOf(language === 'de' ? 'ads-de' : 'ads-en');
  const signsUp = random.chance(0.8);
  if (depth === 1) {
    const touches = [
      ...takePart(random, ads, start + 10 * MINUTE).slice(0, 2),
      ...pendingSignUp(random, language, start),
    ];
    return { touches: touches.filter(({ age }) => age > until), mailing: { touches: [], consentAge: 0 } };
  }
  const first: TouchDraft[] = signsUp
    ? takePart(random, newsletter, start + 10 * MINUTE)
    : [...takePart(random, ads, start + 10 * MINUTE).slice(0, 2), chatAt(language, start)];
  const lead = stages.find(({ to }) => to === 'lead');
  const consentAge = signsUp ? start : (lead?.age ?? 0);
  const mailing = makeMailing(random, {
    language,
    from: consentAge,
    until,
    engagement,
    proxied: random.chance(0.3),
  });
  const touches = [
    ...first,
    ...(entry && lead ? takePart(random, entry, lead.age + 10 * MINUTE) : []),
    ...takePartMore(random, language, start, until, engagement, entry),
    ...mailing.touches,
    ...stages.flatMap((stage) => (stage.to === 'mql' ? handOverTouches(random, language, stage) : [])),
    ...sellingTouches(random, language, stages),
  ]
    .filter(({ age }) => age > until)
    .sort((one, other) => other.age - one.age);
  return { touches, mailing: { ...mailing, consentAge } };
}

/** An inquiry and no more: whoever does not confirm the sign-up has left us no details we may use. */
function pendingSignUp(random: Random, language: Language, start: number): TouchDraft[] {
  const { page } = campaignOf(language === 'de' ? 'lagerpost' : 'warehouse-letter');
  const title = language === 'de' ? 'Anmeldung noch nicht bestätigt' : 'Sign-up not confirmed yet';
  const visits = Array.from(
    { length: random.int(1, 5) },
    (_, index) => start - index * random.between(1, 40) * MINUTE,
  );
  return [
    {
      age: start + MINUTE,
      kind: 'custom',
      title,
      campaign: language === 'de' ? 'lagerpost' : 'warehouse-letter',
    },
    ...visits
      .filter((age) => age > 0)
      .map((age): TouchDraft => ({ age, kind: 'page.visited', title: page.title, path: page.path })),
  ];
}

const chatAt = (language: Language, age: number): TouchDraft => ({
  age,
  kind: 'chat',
  title: language === 'de' ? 'Chat auf der Website' : 'Chat on the website',
});
