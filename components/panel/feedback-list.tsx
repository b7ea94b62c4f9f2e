import { i18n } from '../ui/i18n.ts';
import type { Agreement } from '../../utils/contract/agreement.ts';
import type { SourceStatus } from '../../utils/contract/lead-context.ts';
import type { FeedbackItem } from '../../utils/domain/feedback-progress.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import { Ago } from '../ui/ago.tsx';
import { ProgressMark } from '../ui/progress-mark.tsx';
import { ReasonNames } from '../ui/reason-names.tsx';
import { Replies } from '../ui/replies.tsx';
import { Section } from '../ui/section.tsx';
import { UserName, UserText } from '../ui/user-text.tsx';
import { VerdictMark } from '../ui/verdict-mark.tsx';
import styles from './feedback-list.module.css';
import { QuestionForm } from './question-form.tsx';
import { RefusedWrites } from './refused-writes.tsx';
import { WrittenTo } from './written-to.tsx';

interface Props {
  items: readonly FeedbackItem<OutboxEntry>[];
  me: string | undefined;
  agreement: Agreement | undefined;
  sources: readonly SourceStatus[];
  onDiscard: (id: string) => Promise<unknown>;
  /** Answers a question of marketing's; resolves to whether it was saved. */
  onReply: (feedbackId: string, text: string) => Promise<boolean>;
}

/** All that was said about this lead, how far it has come, and what marketing answered. */
export function FeedbackList({ items, me, agreement, sources, onDiscard, onReply }: Props) {
  return (
    <Section title={i18n.t('feedback.label')}>
      {items.length === 0 && <p className={styles.empty}>{i18n.t('feedback.empty')}</p>}
      <ol className={styles.list}>
        {items.map((item) => (
          <li key={item.id} className={styles.item} data-progress={item.progress}>
            <div className={styles.head}>
              <VerdictMark verdict={item.verdict} />
              <span className={styles.by}>
                {item.by === null || item.by.id === me ? (
                  i18n.t('feedback.you')
                ) : (
                  <UserName text={item.by.name} />
                )}
              </span>
              <span className={styles.when}>
                <Ago at={item.clientTime} />
              </span>
            </div>
            {item.waitsFor !== 'sales' && <ProgressMark progress={item.progress} changing={item.changing} />}
            {item.campaignName && (
              <p className={styles.about}>
                <UserName
                  text={i18n.t('feedback.aboutCampaign', { campaign: item.campaignName })}
                  lines={2}
                />
              </p>
            )}
            {item.plannedTouchTitle && (
              <p className={styles.about}>
                <UserName
                  text={i18n.t('feedback.aboutPlanned', { title: item.plannedTouchTitle })}
                  lines={2}
                />
              </p>
            )}
            <ReasonNames ids={item.reasons} agreement={agreement} />
            {item.comment && <UserText text={item.comment} />}
            <RefusedWrites entries={item.refused} onDiscard={onDiscard} />
            <WrittenTo systems={item.writtenTo ?? []} sources={sources} />
            <Replies
              replies={item.replies}
              label={i18n.t(item.waitsFor === 'sales' ? 'feedback.asks' : 'feedback.answers')}
            />
            <QuestionForm item={item} isMine={item.by === null || item.by.id === me} onReply={onReply} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
