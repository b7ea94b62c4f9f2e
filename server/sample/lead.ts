import type { Stage } from '../../utils/contract/stage.ts';
import type { Company } from './companies.ts';
import { makePhone } from './companies.ts';
import { confirmationsOf } from './confirming.ts';
import type { PersonDraft } from './draft.ts';
import { makeHistory, pickStage } from './history.ts';
import type { History } from './history.ts';
import { makeFeedback } from './judging.ts';
import type { Mailing } from './mailing.ts';
import { plannedFor } from './planning.ts';
import { makeIdentity } from './identity.ts';
import type { Random } from './random.ts';
import { espocrmLead, mauticContact } from './records.ts';
import { repsOf } from './team.ts';
import { makeTouches } from './touches.ts';
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
      mauticContact(String(random.int(10_000, 99_999)) + String(addresses.size)),
      ...(isWithSales ? [espocrmLead(hexId(random))] : []),
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
