import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { v7 as uuidv7 } from 'uuid';
import type { NewDecision, NewOpinion, NewPlan } from '../contract/plan.ts';
import { hub } from './hub.ts';
import { keys } from './keys.ts';
import { unwrap } from './unwrap.ts';
import { useLive } from './use-live.ts';

/** While changes do not come in by themselves. */
const POLL_MS = 10_000;
/** Marketing asks about a handful at a time. */
const OPEN = 100;
const PAGE = 20;

/** The plans that sales is asked about now. */
export const useOpenPlans = () =>
  useQuery({
    queryKey: keys.openPlans,
    queryFn: async () => unwrap(await hub.plans({ query: { state: 'open', limit: OPEN } })).plans,
    refetchInterval: useLive() ? false : POLL_MS,
  });

/** The plans that are decided or too old to ask about, by pages. */
export const useOverPlans = () =>
  useInfiniteQuery({
    queryKey: keys.overPlans,
    queryFn: async ({ pageParam }) =>
      unwrap(
        await hub.plans({
          query: { state: 'over', limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: useLive() ? false : POLL_MS,
  });

/** What can be done with plans. Each fails with a `FailureError` that says why. */
export function usePlanActions() {
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.plans }),
      // A campaign's page shows its plans.
      client.invalidateQueries({ queryKey: keys.campaignPages }),
    ]);
  const create = useMutation({
    mutationFn: async (body: NewPlan) => unwrap(await hub.createPlan({ body, idempotencyKey: body.id })),
    onSettled,
  });
  const say = useMutation({
    mutationFn: async ({ id, ...body }: NewOpinion & { id: string }) =>
      unwrap(await hub.putOpinion({ params: { id }, body })),
    onSettled,
  });
  const decide = useMutation({
    mutationFn: async ({ id, ...body }: NewDecision & { id: string }) =>
      unwrap(await hub.decidePlan({ params: { id }, body })),
    onSettled,
  });
  return { create, say, decide };
}
export type PlanActions = ReturnType<typeof usePlanActions>;

/** Made once per draft, so that sending again after a lost answer has one effect. */
export const newPlanId = () => uuidv7();
