import { type CSSProperties, memo, type RefCallback, useId } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { Feedback } from '../../../utils/contract/feedback.ts';
import { Ago } from '../../ui/ago.tsx';
import { ChevronDown } from '../../ui/icons.ts';
import { ProgressMark } from '../../ui/progress-mark.tsx';
import { ReasonNames } from '../../ui/reason-names.tsx';
import { Replies } from '../../ui/replies.tsx';
import { UserName, UserText } from '../../ui/user-text.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { PersonLink } from '../people/person-link.tsx';
import { AnswerForm, type Draft } from './answer-form.tsx';
import { InboxClock } from './inbox-clock.tsx';
import styles from './inbox-item.module.css';

interface Props {
  feedback: Feedback;
  agreement: Agreement | undefined;
  /** Whether the signed-in user answers for marketing: sales only reads. */
  mayAct: boolean;
  isOpen: boolean;
  isCurrent: boolean;
  isSelected: boolean;
  draft: Draft;
  /** See `AnswerForm`. */
  focus: number;
  onToggle: () => void;
  onSelect: () => void;
  onDraft: (draft: Draft) => void;
  onSend: (draft: Draft) => Promise<boolean>;
  onLeave: () => void;
  /** The list shows only what is on the screen: it measures the rows and places them. */
  measure: RefCallback<HTMLLIElement>;
  place: { index: number; of: number; style: CSSProperties };
}

/** One piece of feedback: what was said, how marketing's promise stands, and the place to answer. */
export function InboxItem(props: Props) {
  const { feedback, agreement, mayAct, isOpen, isCurrent, isSelected, measure, place } = props;
  const detailsId = useId();
  const { id, verdict, state, about, personName, by, replies, answer, waitsFor } = feedback;

  const name = personName ?? i18n.t('inbox.unknownPerson');
  return (
    <li
      ref={measure}
      style={place.style}
      className={styles.item}
      data-index={place.index}
      data-feedback-id={id}
      data-new={state === 'new'}
      data-feedback-state={state}
      data-current={isCurrent}
      data-selected={isSelected}
      aria-posinset={place.index + 1}
      aria-setsize={place.of}
    >
      {mayAct && state !== 'withdrawn' && (
        <label className={styles.select}>
          <input type="checkbox" checked={isSelected} onChange={props.onSelect} />
          <span className="visually-hidden">{i18n.t('inbox.select', { name })}</span>
        </label>
      )}
      <div className={styles.body}>
        <h2 className={styles.heading}>
          <button
            type="button"
            className={styles.head}
            aria-expanded={isOpen}
            aria-controls={detailsId}
            onClick={props.onToggle}
          >
            <VerdictMark verdict={verdict} />
            <span className={styles.person}>
              <UserName text={name} />
            </span>
            <span className={styles.progress}>
              <InboxClock feedback={feedback} />
              {state === 'new' && <span className={styles.new}>{i18n.t('inbox.new')}</span>}
              {/* The clock says when it was answered, or who is asked. */}
              {state !== 'new' && (state !== 'answered' || (!answer && !waitsFor)) && (
                <ProgressMark progress={state} />
              )}
            </span>
            <ChevronDown size={16} aria-hidden className={styles.chevron} />
          </button>
        </h2>
        <Summary feedback={feedback} agreement={agreement} />
        <div id={detailsId} hidden={!isOpen} className={styles.details}>
          {isOpen && (
            <>
              <Replies replies={replies} label={i18n.t('inbox.answers')} />
              {about.personId && personName && (
                <p>
                  <PersonLink id={about.personId} name={i18n.t('inbox.journey', { name: personName })} />
                </p>
              )}
              {mayAct && state !== 'withdrawn' && (
                <AnswerForm
                  name={by.name}
                  draft={props.draft}
                  onChange={props.onDraft}
                  onSend={props.onSend}
                  onLeave={props.onLeave}
                  focus={props.focus}
                />
              )}
            </>
          )}
        </div>
      </div>
    </li>
  );
}

/** What was said; scrolling draws it once. */
const Summary = memo(function Summary({ feedback, agreement }: Pick<Props, 'feedback' | 'agreement'>) {
  const { reasons, comment, by, clientTime } = feedback;
  const subject = subjectOf(feedback);
  return (
    <div className={styles.summary}>
      {subject !== undefined && (
        <p className={styles.subject}>
          <UserName text={subject} lines={2} />
        </p>
      )}
      <ReasonNames ids={reasons} agreement={agreement} />
      {comment && (
        <div className={styles.comment}>
          <UserText text={comment} />
        </div>
      )}
      <p className={styles.meta}>
        <UserName text={i18n.t('inbox.by', { name: by.name })} />
        <Ago at={clientTime} />
      </p>
    </div>
  );
});

/** What it is about besides the lead, or for a lead what had brought them. */
function subjectOf({ plannedTouchTitle, campaignName, filedUnder }: Feedback): string | undefined {
  if (plannedTouchTitle !== undefined) return i18n.t('feedback.aboutPlanned', { title: plannedTouchTitle });
  if (campaignName !== undefined) return i18n.t('feedback.aboutCampaign', { campaign: campaignName });
  return filedUnder && i18n.t('inbox.after', { campaign: filedUnder.name });
}
