import type { PullName } from '../../utils/contract/source.ts';
import { type Connector, PULLS } from './connector.ts';
import { pullOf } from './items.ts';
import type { StoredPull } from './pull-store.ts';

/** How often what has changed is asked for. */
export const ROUND_MS = 5 * 60_000;

type Begun = Pick<StoredPull, 'pull' | 'lane' | 'since'>;

/** The pulls that a connector has. */
export const pullsOf = (connector: Connector): PullName[] =>
  PULLS.filter((name) => pullOf(connector, name) !== undefined);

/** What brings in all there is: of every pull that has not begun yet. */
export const newHistory = (connector: Connector, pulls: readonly StoredPull[]): Begun[] =>
  pullsOf(connector)
    .filter((name) => !pulls.some(({ pull, lane }) => pull === name && lane === 'history'))
    .map((pull) => ({ pull, lane: 'history', since: null }));

/**
 * A round asks for what has changed. Each pull goes back to when its last finished round began rather than to where it
 * came to: somebody who was added while the round ran may have touchpoints that came before. What a round before has not
 * finished goes on where it is.
 */
export function nextRound({ overlapMs }: Connector, pulls: readonly StoredPull[]): Begun[] {
  return pulls
    .filter(({ lane }) => lane === 'history')
    .flatMap(({ pull, beganAt }): Begun[] => {
      const recent = pulls.find((one) => one.pull === pull && one.lane === 'recent');
      if (recent && recent.finishedAt === null) return [];
      const from = new Date(Date.parse(recent?.beganAt ?? beganAt) - overlapMs).toISOString();
      // Of what is planned all is asked for: what is not named any more is gone.
      return [{ pull, lane: 'recent', since: pull === 'planned' ? null : from }];
    });
}

/**
 * The pull whose next page is asked for: history and what has changed take turns, so that neither waits for the other;
 * within each, touchpoints come after the people they name. Undefined: there is nothing to do now.
 */
export function nextPull(
  pulls: readonly StoredPull[],
  lastLane: StoredPull['lane'] | null,
  now: Date,
): StoredPull | undefined {
  const at = now.toISOString();
  const rank = ({ lane, pull }: StoredPull) => (lane === lastLane ? PULLS.length : 0) + PULLS.indexOf(pull);
  return pulls
    .filter(({ finishedAt, retryAt }) => finishedAt === null && (retryAt === null || retryAt <= at))
    .toSorted((one, other) => rank(one) - rank(other))[0];
}

/** When there is something to do again, where there is nothing now. */
export function nextDue(pulls: readonly StoredPull[], nextRoundAt: string): Date {
  const retries = pulls.flatMap(({ finishedAt, retryAt }) =>
    finishedAt === null && retryAt !== null ? [retryAt] : [],
  );
  return new Date([nextRoundAt, ...retries].toSorted()[0] ?? nextRoundAt);
}

/** What was pulled about nobody known has to be pulled again, now that everybody is known. */
export const afterPeople = (pulls: readonly StoredPull[]): Begun[] =>
  pulls
    .filter(
      ({ pull, lane, cursor, finishedAt }) =>
        lane === 'history' &&
        ['consent', 'touchpoints'].includes(pull) &&
        (cursor !== null || finishedAt !== null),
    )
    .map(({ pull, lane, since }) => ({ pull, lane, since }));
