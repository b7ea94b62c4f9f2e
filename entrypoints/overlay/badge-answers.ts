import type { PersonOnPage } from '../../utils/contract/page-reading.ts';
import type { Badge, RequestOf } from '../../utils/extension/messages.ts';

type Asked = RequestOf<'badges.match'>['people'][number];

/** The bound of one message. */
const AT_ONCE = 500;
/** More than any list shows at once; those not seen for the longest time are forgotten first. */
const LIMIT = 5_000;

/**
 * What the background has said of people in lists, so that scrolling asks about each of them once. `ask`
 * answers in the order asked, `null` for nobody the team knows.
 */
export function createBadgeAnswers(ask: (people: Asked[]) => Promise<(Badge | null)[]>) {
  const known = new Map<string, { badge: Badge | null; round: number }>();
  const asking = new Set<string>();
  let round = 0;

  const learn = async (people: Map<string, Asked>): Promise<boolean> => {
    const asked = round;
    for (const identity of people.keys()) asking.add(identity);
    try {
      const answers = await ask([...people.values()]);
      if (asked !== round) return false;
      let news = false;
      for (const [index, identity] of [...people.keys()].entries()) {
        const badge = answers[index] ?? null;
        news ||= JSON.stringify(badge) !== JSON.stringify(known.get(identity)?.badge ?? null);
        known.set(identity, { badge, round });
      }
      for (const oldest of known.keys()) {
        if (known.size <= LIMIT) break;
        known.delete(oldest);
      }
      return news;
    } catch {
      // Nobody answers while the extension is being replaced; the next reading asks again.
      return false;
    } finally {
      if (asked === round) for (const identity of people.keys()) asking.delete(identity);
    }
  };

  return {
    /** What was answered about somebody; `undefined` before the first answer. */
    of(person: PersonOnPage): Badge | null | undefined {
      const identity = identityOf(person);
      const answer = known.get(identity);
      if (answer === undefined) return undefined;
      known.delete(identity);
      known.set(identity, answer);
      return answer.badge;
    },
    /** Asks about those who are not known yet; `true` once there is something new to say. */
    async ask(people: Iterable<PersonOnPage>): Promise<boolean> {
      const unknown = new Map<string, Asked>();
      for (const person of people) {
        const identity = identityOf(person);
        if (identity === '' || asking.has(identity) || known.get(identity)?.round === round) continue;
        const { email, record } = person;
        unknown.set(identity, { ...(email !== undefined && { email }), ...(record && { record }) });
      }
      const entries = [...unknown];
      const parts = Array.from({ length: Math.ceil(entries.length / AT_ONCE) }, (_, part) =>
        learn(new Map(entries.slice(part * AT_ONCE, (part + 1) * AT_ONCE))),
      );
      return (await Promise.all(parts)).includes(true);
    },
    /** Asks about everybody anew; until then the old answers stand. */
    renew(): void {
      round++;
      asking.clear();
    },
    /** Forgets everybody. */
    forget(): void {
      this.renew();
      known.clear();
    },
    get size(): number {
      return known.size;
    },
  };
}

/** The same for everybody whom the background would answer the same about; '' for a mere name. */
function identityOf({ email, record }: Asked): string {
  const address = email?.toLowerCase() ?? '';
  return record ? `${record.system}:${record.tenant}:${record.type}:${record.id} ${address}` : address;
}
