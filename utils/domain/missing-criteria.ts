import type { CriterionResult, LeafResult } from '../contract/qualification.ts';

/** The leaves to be met on the shortest way, and how many steps that way has. */
interface Way {
  leaves: LeafResult[];
  steps: number;
}

/**
 * What is missing before a criterion is met, in its own order, each leaf once: all unmet parts of `all` and
 * `at-least`, of `any` only those nearest to being met. Never a leaf under `not`: that would tell people to
 * undo something.
 */
export function missingCriteria(result: CriterionResult): LeafResult[] {
  const leaves = new Map(wayTo(result).leaves.map((leaf) => [leaf.id, leaf]));
  return [...leaves.values()];
}

function wayTo(result: CriterionResult): Way {
  if (result.state === 'met') return { leaves: [], steps: 0 };
  if (!('of' in result)) return { leaves: [result], steps: 1 };
  // Nobody gets there by doing more; what else is missing beside it is worth saying all the same.
  if (result.type === 'not') return { leaves: [], steps: Infinity };

  const ways = result.of.filter(({ state }) => state !== 'met').map(wayTo);
  const shortest = ways.map(({ steps }) => steps).sort((a, b) => a - b);
  if (result.type === 'any') {
    const nearest = shortest[0] ?? 0;
    return { leaves: ways.flatMap(({ leaves, steps }) => (steps === nearest ? leaves : [])), steps: nearest };
  }
  const wanted = result.type === 'all' ? ways.length : (result.count ?? 1) - (result.of.length - ways.length);
  return {
    leaves: ways.flatMap(({ leaves }) => leaves),
    steps: shortest.slice(0, wanted).reduce((sum, steps) => sum + steps, 0),
  };
}
