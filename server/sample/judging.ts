import type { Language } from '../../utils/contract/primitives.ts';
import type { FeedbackDraft, StageDraft, TouchDraft } from './draft.ts';
import { acceptComments, campaignOpinions, returnOpinions } from './opinions.ts';
import type { Opinion } from './opinions.ts';
import type { Random } from './random.ts';
import { marketers } from './team.ts';
import { DAY, MINUTE } from './working-time.ts';

/** The feedback behind each move a rep made, and now and then a word about a campaign. */
export function makeFeedback(
  random: Random,
  language: Language,
  rep: number,
  stages: readonly StageDraft[],
  touches: readonly TouchDraft[],
): FeedbackDraft[] {
  const drafts = stages.flatMap(({ to, age, by, reason }): FeedbackDraft[] => {
    if (by !== rep) return [];
    if (to === 'sal') {
      const comment = random.chance(0.15) && random.pick(acceptComments[language]);
      const state = age > 2 * DAY ? 'seen' : 'new';
      return [{ age, by: rep, verdict: 'accepted', state, ...(comment && { comment }) }];
    }
    if (reason === undefined) return [];
    const opinion = random.pick(returnOpinions[language][reason] ?? []);
    const about: Opened = { age, by: rep, verdict: 'returned', reasons: [reason] };
    return [random.chance(0.6) ? answered(random, about, opinion) : { ...about, ...untouched(age) }];
  });
  const lastSale = stages.findLast(({ to }) => to === 'sal' || to === 'opportunity');
  const campaign = touches.findLast(({ campaign }) => campaign !== undefined)?.campaign;
  if (lastSale && campaign && random.chance(0.12)) {
    const { verdict, ...opinion } = random.pick(campaignOpinions[language]);
    drafts.push(answered(random, { age: lastSale.age - 30 * MINUTE, by: rep, verdict, campaign }, opinion));
  }
  return drafts.filter(({ age }) => age > 0);
}

type Opened = Pick<FeedbackDraft, 'age' | 'by' | 'verdict' | 'campaign' | 'reasons'>;

/** Marketing answers within a day or so; what is younger still waits. */
function answered(random: Random, about: Opened, { comment, reply }: Opinion): FeedbackDraft {
  const replyAge = about.age - random.between(0.1, 1.5) * DAY;
  if (replyAge <= 0) return { ...about, comment, state: 'new' };
  const state = random.chance(0.5) ? 'acted' : 'answered';
  return { ...about, comment, state, reply: { age: replyAge, by: random.pick(marketers), text: reply } };
}

const untouched = (age: number) => ({ state: age > 3 * DAY ? ('seen' as const) : ('new' as const) });
