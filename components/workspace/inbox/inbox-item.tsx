import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import type { Feedback } from '../../../utils/contract/feedback.ts';
import type { useInboxActions } from '../../../utils/queries/use-inbox.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckCheck, ChevronDown } from '../../ui/icons.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import { ProgressMark } from '../../ui/progress-mark.tsx';
import { ReasonNames } from '../../ui/reason-names.tsx';
import { Replies } from '../../ui/replies.tsx';
import { UserName, UserText } from '../../ui/user-text.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { AnswerForm } from './answer-form.tsx';
import styles from './inbox-item.module.css';

interface Props {
  feedback: Feedback;
  agreement: Agreement | undefined;
  /** Whether the signed-in user may answer: reps only read. */
  mayAct: boolean;
  actions: ReturnType<typeof useInboxActions>;
}

/** One piece of feedback; opening it marks it as seen. */
export function InboxItem({ feedback, agreement, mayAct, actions }: Props) {
  const announce = useAnnounce();
  const detailsId = useId();
  const [open, setOpen] = useState(false);
  const { id, verdict, state, personName, by, clientTime, reasons, comment, replies } = feedback;
  const subject = subjectOf(feedback);
  const failed = () => announce(i18n.t('inbox.failed'));
  const toggle = () => {
    setOpen(!open);
    if (!open && mayAct && state === 'new') actions.mark.mutate({ id, state: 'seen' }, { onError: failed });
  };
  return (
    <li className={styles.item} data-feedback-id={id} data-new={state === 'new'} data-feedback-state={state}>
      <h2 className={styles.heading}>
        <button
          type="button"
          className={styles.head}
          aria-expanded={open}
          aria-controls={detailsId}
          onClick={toggle}
        >
          <VerdictMark verdict={verdict} />
          <span className={styles.person}>
            <UserName text={personName ?? i18n.t('inbox.unknownPerson')} />
          </span>
          <span className={styles.progress}>
            {state === 'new' ? (
              <span className={styles.new}>{i18n.t('inbox.new')}</span>
            ) : (
              <ProgressMark progress={state} />
            )}
          </span>
          <ChevronDown size={16} aria-hidden className={styles.chevron} />
        </button>
      </h2>
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
      <div id={detailsId} hidden={!open} className={styles.details}>
        {open && (
          <>
            <Replies replies={replies} label={i18n.t('inbox.answers')} />
            {mayAct && state !== 'withdrawn' && (
              <AnswerForm
                name={by.name}
                onSend={(replyId, text) =>
                  actions.reply.mutateAsync({ id, replyId, text }).then(
                    () => {
                      announce(i18n.t('inbox.answerSent'));
                      return true;
                    },
                    () => {
                      failed();
                      return false;
                    },
                  )
                }
              >
                {state !== 'acted' && (
                  <Button
                    icon={CheckCheck}
                    disabled={actions.mark.isPending}
                    onClick={() =>
                      actions.mark.mutate(
                        { id, state: 'acted' },
                        { onSuccess: () => announce(i18n.t('inbox.actedDone')), onError: failed },
                      )
                    }
                  >
                    {i18n.t('inbox.act')}
                  </Button>
                )}
              </AnswerForm>
            )}
          </>
        )}
      </div>
    </li>
  );
}

/** What it is about besides the lead. */
function subjectOf({ plannedTouchTitle, campaignName }: Feedback): string | undefined {
  if (plannedTouchTitle !== undefined) return i18n.t('feedback.aboutPlanned', { title: plannedTouchTitle });
  if (campaignName !== undefined) return i18n.t('feedback.aboutCampaign', { campaign: campaignName });
  return undefined;
}
