import { createHash } from 'node:crypto';
import type { NewPlan, Plan } from '../../utils/contract/plan.ts';
import { answersFeedback } from '../../utils/domain/answers-feedback.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { Handlers } from '../operation.ts';
import { decidePlan, insertPlan, listPlans, lockPlan, putOpinion, readPlan } from '../plans/plan-store.ts';
import { ProblemError } from '../problem.ts';
import type { Database } from '../store/database.ts';
import { campaignIsKnown } from '../store/feedback.ts';

export const planHandlers: Pick<Handlers, 'plans' | 'createPlan' | 'putOpinion' | 'decidePlan'> = {
  async plans({ db, session: { workspaceId }, query: { state, cursor, limit }, now }) {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const found = await listPlans(db, workspaceId, { state, after, limit: limit + 1 }, now);
    const plans = found.slice(0, limit);
    const last = plans.at(-1);
    return { plans, nextCursor: found.length > limit && last ? writeCursor(last) : null };
  },

  async createPlan({ db, session: { workspaceId, user }, body, now }) {
    if (!answersFeedback(user))
      throw new ProblemError('forbidden', 'Marketing asks sales, not the other way round.');
    const { id, campaignId } = body;
    if (campaignId !== undefined && !(await campaignIsKnown(db, workspaceId, campaignId))) {
      throw new ProblemError('not-found', 'There is no such campaign, or not any more.');
    }
    const contentHash = hashOf(body, user.id);
    const known = await lockPlan(db, workspaceId, id);
    // What was stored before is answered again, whatever the time is now.
    if (!known && body.opinionsUntil <= now.toISOString()) {
      throw new ProblemError('invalid', 'Give sales some time to answer.', [
        { pointer: '/opinionsUntil', detail: 'must lie in the future' },
      ]);
    }
    if (!known) await insertPlan(db, workspaceId, body, { authorId: user.id, contentHash, at: now });
    if ((await lockPlan(db, workspaceId, id))?.contentHash !== contentHash) {
      throw new ProblemError('conflict', 'Another plan has this id already. Make a new id for every plan.');
    }
    return existing(db, workspaceId, id);
  },

  async putOpinion({ db, session: { workspaceId, user }, params: { id }, body, now }) {
    if (user.team !== 'sales') {
      throw new ProblemError('forbidden', 'Sales is asked: only they say what they think of a plan.');
    }
    const plan = await lockPlan(db, workspaceId, id);
    if (!plan) throw unknown();
    if (plan.decided) throw new ProblemError('conflict', 'Marketing has decided already.');
    if (plan.opinionsUntil <= now.toISOString()) {
      throw new ProblemError('conflict', `Opinions were asked for until ${plan.opinionsUntil}.`);
    }
    await putOpinion(db, workspaceId, id, { ...body, byUserId: user.id, at: now });
    return existing(db, workspaceId, id);
  },

  async decidePlan({ db, session: { workspaceId, user }, params: { id }, body, now }) {
    if (!answersFeedback(user)) {
      throw new ProblemError('forbidden', 'Marketing decides on what it plans.');
    }
    if (!(await lockPlan(db, workspaceId, id))) throw unknown();
    await decidePlan(db, workspaceId, id, { ...body, byUserId: user.id, at: now });
    return existing(db, workspaceId, id);
  },
};

const unknown = () => new ProblemError('not-found', 'There is no such plan.');

async function existing(db: Database, workspaceId: string, id: string): Promise<Plan> {
  const plan = await readPlan(db, workspaceId, id);
  if (!plan) throw unknown();
  return plan;
}

/** Of what was sent, as parsed: its keys are in the schema's order. */
const hashOf = (body: NewPlan, authorId: string) =>
  createHash('sha256')
    .update(JSON.stringify([authorId, body]))
    .digest('hex');
