import type { Agreement } from '../../utils/contract/agreement.ts';
import type { Language } from '../../utils/contract/primitives.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { countingClock } from '../../utils/domain/clock-state.ts';
import { chatFact } from '../digest/digest-line.ts';
import { teamLines } from '../digest/team-week.ts';
import { chatWords } from './chat-words.ts';
import type { Story } from './read-story.ts';

/** What a chat shows, before it is written the way the chat wants it. */
export interface ChatMessage {
  title: string;
  facts: { label: string; value: string }[];
}

type Agreed = Pick<Agreement, 'reasons' | 'stages' | 'calendars'>;
type Label = keyof (typeof chatWords)['en']['labels'];

/** An event as a colleague needs it who is to act: who, what, why, by whom. */
export function chatMessage(story: Story, language: Language, agreed: Agreed): ChatMessage {
  const words = chatWords[language];
  const title =
    story.kind === 'feedback.created' ? words.verdicts[story.feedback.verdict] : words.titles[story.kind];
  if ('digest' in story) {
    return { title, facts: teamLines(story.digest, { language, agreement: agreed }).map(chatFact) };
  }
  const { person } = story;
  const lead = person && [person.name, person.company].filter((text) => text).join(', ');
  const facts: [Label, string | null | undefined][] = [['lead', lead], ...factsOf(story, language, agreed)];
  return {
    title,
    facts: facts.flatMap(([label, value]) => (value ? [{ label: words.labels[label], value }] : [])),
  };
}

type Digest = Extract<Story, { digest: unknown }>;

function factsOf(
  story: Exclude<Story, Digest>,
  language: Language,
  agreed: Agreed,
): [Label, string | undefined][] {
  const words = chatWords[language];
  const reason = (id: string) => agreed.reasons.find((each) => each.id === id)?.label[language] ?? id;
  const stage = (name: Stage) => agreed.stages.find((each) => each.stage === name)?.label[language] ?? name;
  const time = (at: string | undefined) =>
    at === undefined
      ? undefined
      : new Intl.DateTimeFormat(language, {
          dateStyle: 'medium',
          timeStyle: 'short',
          timeZone: agreed.calendars[0]?.timeZone ?? 'UTC',
        }).format(new Date(at));
  switch (story.kind) {
    case 'feedback.created':
    case 'feedback.answered':
    case 'feedback.acted': {
      const { verdict, reasons, comment, by, campaignName, plannedTouchTitle, replies } = story.feedback;
      const reply = replies.find(({ id }) => id === story.replyId);
      return [
        [
          'feedback',
          story.kind === 'feedback.created' ? undefined : `${words.verdicts[verdict]} (${by.name})`,
        ],
        ['campaign', campaignName],
        ['planned', plannedTouchTitle],
        ['reason', reasons.map(reason).join(', ')],
        ['comment', comment],
        ['answer', reply?.text],
        ['by', reply?.by.name ?? (story.kind === 'feedback.created' ? by.name : undefined)],
      ];
    }
    case 'hand_over.created':
      return [
        ['owner', story.handOver.to?.name ?? words.nobody],
        ['due', time(countingClock(story.handOver)?.due)],
      ];
    case 'hand_over.breached': {
      const { to, escalations } = story.handOver;
      const step = escalations[story.step ?? 0];
      const whom = step?.user?.name ?? words.nobodyThere;
      return [
        ['owner', to?.name ?? words.nobody],
        // After a lead was given to somebody else the clock is the new owner's.
        ['wasDue', step?.to === 'reassign' ? undefined : time(countingClock(story.handOver)?.due)],
        ['step', step && `${words.steps[step.to]} (${whom})`],
      ];
    }
    case 'stage.changed': {
      const { from, to, by, reason: id } = story.change;
      return [
        ['stage', [from, to].flatMap((name) => (name === null ? [] : [stage(name)])).join(' → ')],
        ['reason', id === undefined ? undefined : reason(id)],
        ['by', by.name],
      ];
    }
    case 'agreement.proposed':
    case 'agreement.in_force': {
      const { version, comment, proposedBy } = story.agreement;
      return [
        ['version', String(version)],
        ['comment', comment],
        ['by', proposedBy?.name],
      ];
    }
    case 'agreement.ending':
      return [
        ['version', String(story.agreement.version)],
        ['ends', time(story.validUntil)],
      ];
  }
}
