import { answersFeedback } from '../../utils/domain/answers-feedback.ts';
import { listCampaigns } from '../campaigns/list-campaigns.ts';
import { patchCampaign, readCampaign } from '../campaigns/read-campaign.ts';
import type { Handlers } from '../operation.ts';
import { ProblemError } from '../problem.ts';
import { periodOf } from './reports.ts';

export const campaignHandlers: Pick<Handlers, 'campaigns' | 'campaign' | 'patchCampaign'> = {
  campaigns: ({ db, session: { workspaceId }, query, now }) =>
    listCampaigns(db, workspaceId, periodOf(query, now), now),

  async campaign({ db, session: { workspaceId }, params: { id }, query, now }) {
    const found = await readCampaign(db, workspaceId, { id, ...periodOf(query, now) }, now);
    if (!found) throw unknown();
    return found;
  },

  async patchCampaign({ db, session: { workspaceId, user }, params: { id }, body }) {
    if (!answersFeedback(user))
      throw new ProblemError('forbidden', 'Marketing says what a campaign aims at and costs.');
    if (!(await patchCampaign(db, workspaceId, id, body))) throw unknown();
    return undefined;
  },
};

const unknown = () => new ProblemError('not-found', 'There is no such campaign, or not any more.');
