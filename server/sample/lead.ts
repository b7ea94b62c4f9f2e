import type { Language } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import type { Company } from './companies.ts';
import { asciiLabel, makePhone } from './companies.ts';
import { confirmationsOf } from './confirming.ts';
import type { PersonDraft, TouchDraft } from './draft.ts';
import { makeHistory, pickStage } from './history.ts';
import type { History } from './history.ts';
import { makeFeedback } from './judging.ts';
import { makeMailing } from './mailing.ts';
import type { Mailing } from './mailing.ts';
import { campaignOf } from './campaigns.ts';
import { plannedFor } from './planning.ts';
import { namesOf, titlesOf } from './names.ts';
import type { Random } from './random.ts';
import { handOverTouches, sellingTouches } from './selling.ts';
import { takePart, takePartMore } from './taking-part.ts';
import { repsOf } from './team.ts';
import { DAY, MINUTE } from './working-time.ts';

/** A lead with their whole story; `addresses` holds those in use and gains theirs. */
export function makeLead(random: Random, company: Company, addresses: Set<string>): PersonDraft {
  const { language, country } = company;
  const { name, title, decides, emails } = makeIdentity(random, company, addresses);
  const rep = random.pick(repsOf[country] ?? [0]);
  const fits = decides && (company.employees ?? 0) >= 50;
  const stage = pickStage(random, fits);
  const history = makeHistory(random, stage, language, { rep, fits });
  const { stages } = history;
  const silence = silenceOf(random, history);
  const { mailing, touches } = makeTouches(random, language, history, silence?.age ?? 0);
  const isWithSales = stages.some(({ to }) => to === 'mql');
  const { industry, employees, sites } = company;
  const consents = consentsOf(random, history, mailing, silence);
  const wait = stages.at(-1)?.age ?? 0;
  const isPaused = stage === 'mql' && wait < 0.42 * DAY && random.chance(0.1);
  return {
    name,
    emails,
    company: company.name,
    ...(title !== undefined && { title }),
    attributes: {
      ...(industry !== undefined && { industry }),
      ...(employees !== undefined && { employees }),
      ...(sites !== undefined && { sites }),
    },
    known: knownSince(random, history, isWithSales),
    country,
    language,
    externalIds: [
      { system: 'mautic', type: 'contact', id: String(random.int(10_000, 99_999)) + String(addresses.size) },
      ...(isWithSales ? [{ system: 'espocrm', type: 'Lead', id: hexId(random) }] : []),
    ],
    ...(random.chance(0.8) && { phone: makePhone(random, country) }),
    ...(isOwned(random, stage, wait, isWithSales) && { owner: rep }),
    stages,
    touches,
    consents,
    ...(silence?.doNotContact && { doNotContact: { age: silence.age, reason: silence.doNotContact } }),
    feedback: makeFeedback(random, language, rep, stages, touches),
    confirmations: confirmationsOf(random, stages, rep),
    planned: plannedFor(language, { stages, touches, consents }),
    ...(isPaused && { pause: { age: wait / 2, days: 5, reason: random.pick(pauseReasons) } }),
  };
}

const pauseReasons = ['waiting-for-customer', 'absent'] as const;

/** Whoever marketing hands over has a rep, but for the newest, who wait for one. */
const isOwned = (random: Random, stage: Stage, wait: number, isWithSales: boolean) =>
  isWithSales ? stage !== 'mql' || wait > 0.06 * DAY || random.chance(0.5) : random.chance(0.2);

/** When a source last said who they are; of some old contacts that is too long ago to count. */
function knownSince(random: Random, { stages }: History, isWithSales: boolean): PersonDraft['known'] {
  const first = stages[0]?.age ?? 0;
  const isStale = !isWithSales && first > 300 * DAY && random.chance(0.3);
  const age = isStale ? random.between(280 * DAY, first) : random.between(0, Math.min(first, 100 * DAY));
  return { source: isWithSales ? 'espocrm' : 'mautic', age };
}

/** From when on marketing leaves somebody alone, and the wish behind it, if it was theirs. */
interface Silence {
  age: number;
  doNotContact?: string;
}

function makeIdentity(random: Random, { country, language, domain }: Company, addresses: Set<string>) {
  const { women, men, last } = namesOf[country] ?? { women: [], men: [], last: [] };
  const isWoman = random.chance(0.42);
  for (;;) {
    const first = random.pick(isWoman ? women : men);
    const family = random.pick(last);
    const local = `${asciiLabel(first)}.${asciiLabel(family)}`;
    const email = `${local}@${domain}`;
    if (addresses.has(email)) continue;
    const short = `${local.charAt(0)}.${asciiLabel(family)}@${domain}`;
    const emails = random.chance(0.05) && !addresses.has(short) ? [email, short] : [email];
    for (const address of emails) addresses.add(address);
    const { deciding, others } = titlesOf[language];
    const decides = random.chance(0.75);
    const [his, hers] = random.pick(decides ? deciding : others);
    // Forms rarely insist on a title.
    const title = random.chance(0.96) ? (isWoman ? hers : his) : undefined;
    return { name: `${first} ${family}`, title, decides: decides && title !== undefined, emails };
  }
}

function silenceOf(random: Random, { stages }: History): Silence | null {
  const last = stages.at(-1);
  if (last?.to === 'disqualified') {
    const isWish = random.chance(0.08);
    const age = last.age - 5 * MINUTE;
    return isWish ? { age, doNotContact: 'Asked us by e-mail not to be contacted again' } : { age };
  }
  if (last?.to === 'recycled' && random.chance(0.03)) {
    return { age: last.age - 10 * MINUTE, doNotContact: 'Asked on the phone not to be called or written to' };
  }
  return null;
}

/** Everything that happened between first contact and `until`, oldest first. */
function makeTouches(random: Random, language: Language, { stages, entry }: History, until: number) {
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

function consentsOf(
  random: Random,
  { stages }: History,
  { consentAge, end }: Mailing & { consentAge: number },
  silence: Silence | null,
): PersonDraft['consents'] {
  const consents: PersonDraft['consents'] = [];
  const withdrawnAge = silence?.doNotContact ? silence.age : end?.bounced ? undefined : end?.age;
  if (withdrawnAge !== undefined) {
    const basis = silence?.doNotContact ? 'wish of the person' : 'unsubscribe link';
    consents.push({ channel: 'email', state: 'withdrawn', basis, source: 'mautic', age: withdrawnAge });
  } else if (consentAge > 0) {
    consents.push({
      channel: 'email',
      state: 'granted',
      basis: 'double opt-in',
      source: 'mautic',
      age: consentAge,
    });
  }
  const sal = stages.find(({ to }) => to === 'sal');
  if (sal && random.chance(0.8)) {
    const state = silence?.doNotContact ? 'withdrawn' : 'granted';
    const age = state === 'withdrawn' ? (silence?.age ?? sal.age) : sal.age;
    consents.push({ channel: 'phone', state, basis: 'asked on the phone', source: 'espocrm', age });
  } else if (random.chance(0.06)) {
    consents.push({
      channel: 'phone',
      state: 'denied',
      source: 'mautic',
      age: (stages[0]?.age ?? DAY) * 0.9,
    });
  }
  return consents;
}

const hexId = (random: Random) => Array.from({ length: 17 }, () => random.int(0, 15).toString(16)).join('');
