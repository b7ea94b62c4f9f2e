import type { Campaign } from '../../utils/contract/campaign.ts';
import type { User } from '../../utils/contract/session.ts';
import { campaigns as campaignDrafts } from './campaigns.ts';
import { cast as castDrafts } from './cast.ts';
import { asciiLabel, makeCompanies } from './companies.ts';
import type { PersonDraft } from './draft.ts';
import { makeHandOvers } from './hand-overs.ts';
import { makeId } from './ids.ts';
import { makeLead } from './lead.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import type { SamplePerson, SampleWorkspace } from './sample-workspace.ts';
import { COMPANY, team } from './team.ts';
import { makeOffers } from './offers.ts';
import { sources, statusMappings } from './sources.ts';
import { toConfirmations, toFeedback, toPerson, toPlannedTouch, toTouchpoint } from './to-contract.ts';
import type { Cast } from './to-contract.ts';
import { DAY, officeTime } from './working-time.ts';

const LEADS = 2000;
const COMPANIES = 400;

/**
 * A fictional company with two years of marketing and sales: 2,000 leads, 24 campaigns, about 40,000
 * touchpoints. Always the same story for a seed, ids included; only its dates follow `now`.
 */
export function generateSample({
  now = new Date(),
  seed = 1,
}: { now?: Date; seed?: number } = {}): SampleWorkspace {
  const random = createRandom(seed);
  const time = officeTime(now);
  const at = (age: number) => time(age).toISOString();
  const workspace = { id: makeId(random, 600 * DAY), name: COMPANY.name, domains: [COMPANY.domain] };
  const users = makeUsers(random);
  const campaigns = makeCampaigns(random, at);
  const cast: Cast = { random, users, campaigns, at, now };

  const drafts = makeDrafts(random);
  const people = drafts.map((draft) => toPerson(draft, cast));
  const each = <T>(make: (draft: PersonDraft, person: SamplePerson) => T[]) =>
    people.flatMap((person, index) => make(drafts[index]!, person));
  const feedback = each((draft, person) => draft.feedback.map((one) => toFeedback(one, person, cast)));
  const touchpoints = drafts
    .flatMap(({ touches }, index) => touches.map((touch) => ({ touch, personId: people[index]?.id ?? '' })))
    .sort((one, other) => other.touch.age - one.touch.age)
    .map(({ touch, personId }, index) => toTouchpoint(touch, personId, String(100_000 + index), cast));
  const confirmations = each((draft, person) => toConfirmations(draft, person, cast));
  return {
    workspace,
    users,
    campaigns: [...campaigns.values()],
    people,
    touchpoints,
    feedback,
    sources: sources(at),
    statusMappings,
    confirmations,
    plannedTouches: each((draft, person) => draft.planned.map((one) => toPlannedTouch(one, person.id, cast))),
    offers: makeOffers(cast),
    handOvers: makeHandOvers(cast, drafts, { people, touchpoints, confirmations }),
  };
}

function makeUsers(random: Random): User[] {
  return team.map(({ name, role, team }) => ({
    id: makeId(random, 599 * DAY),
    name,
    email: `${name.split(' ').map(asciiLabel).join('.')}@${COMPANY.domain}`,
    role,
    team,
  }));
}

function makeCampaigns(random: Random, at: (age: number) => string): Map<string, Campaign> {
  return new Map(
    campaignDrafts.map(({ key, name, kind, from, to, talkingPoints }) => [
      key,
      {
        id: makeId(random, from * DAY),
        name,
        kind,
        startsAt: at(from * DAY),
        ...(to !== 0 && { endsAt: at(to * DAY) }),
        ...(talkingPoints !== undefined && { talkingPoints }),
      },
    ]),
  );
}

/** The cast, then everybody else: one lead per company first, the rest unevenly, as it is. */
function makeDrafts(random: Random): PersonDraft[] {
  const taken = new Set(castDrafts.flatMap(({ emails }) => emails));
  const castDomains = new Set([...taken].map((email) => email.slice(email.indexOf('@') + 1)));
  const companies = makeCompanies(random, COMPANIES - castDomains.size, castDomains);
  const others = Array.from({ length: LEADS - castDrafts.length }, (_, index) => {
    const company = companies[index] ?? companies[Math.floor(random.next() ** 2 * companies.length)];
    if (company === undefined) throw new RangeError('no companies');
    return makeLead(random, company, taken);
  });
  return [...castDrafts, ...others];
}
