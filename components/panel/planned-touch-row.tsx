import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { PlannedTouchVerdict } from '../../utils/contract/feedback.ts';
import { UNDO_MS } from '../../utils/contract/limits.ts';
import type { PlannedTouch } from '../../utils/contract/planned-touch.ts';
import type { FeedbackItem } from '../../utils/domain/feedback-progress.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import { Button } from '../ui/button.tsx';
import { Hand, MessageCircleQuestion } from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { ProgressMark } from '../ui/progress-mark.tsx';
import { UserName } from '../ui/user-text.tsx';
import { useNow } from '../ui/use-now.ts';
import { shortName } from './clock-view.ts';
import { channelIcons } from './kind-icons.ts';
import { useLead } from './lead-scope.ts';
import styles from './planned-touch-row.module.css';
import { RefusedWrites } from './refused-writes.tsx';
import { UndoButton } from './undo-button.tsx';
import { useSend } from './use-send.ts';

/** One planned touch: what, when, and holding it or asking to be asked in one click, with undo. */
export function PlannedTouchRow({ touch }: { touch: PlannedTouch }) {
  const { context, items, feedback } = useLead();
  const send = useSend();
  const now = useNow();
  const [busy, setBusy] = useState(false);
  const hold = items.find(
    ({ about, progress }) =>
      about.kind === 'planned-touch' && about.plannedTouchId === touch.id && progress !== 'withdrawn',
  );
  const isTooLate = now >= Date.parse(touch.editableUntil);
  const title = touch.title || i18n.t(`channel.${touch.channel}`);
  const Glyph = channelIcons[touch.channel];
  const say = async (verdict: PlannedTouchVerdict) => {
    if (busy) return;
    setBusy(true);
    const about = { kind: 'planned-touch', plannedTouchId: touch.id, personId: context.person.id } as const;
    const done = i18n.t(verdict === 'hold' ? 'planned.held' : 'planned.asked');
    await send(feedback.create.mutateAsync({ about, verdict, reasons: [] }), done);
    setBusy(false);
  };
  return (
    <li className={styles.touch} data-planned={hold?.verdict ?? 'open'}>
      <Glyph size={14} aria-hidden className={styles.icon} />
      <div className={styles.body}>
        <p className={styles.head}>
          <time dateTime={touch.at} title={format().moment(touch.at)} className={styles.when}>
            {format().when(touch.at, now)}
          </time>
          {touch.campaignName && (
            <span className={styles.campaign}>
              <UserName text={touch.campaignName} />
            </span>
          )}
        </p>
        <p className={styles.title}>
          <UserName text={title} lines={2} />
        </p>
        {hold ? (
          <Held hold={hold} />
        ) : isTooLate ? (
          <p className={styles.note}>{i18n.t('planned.tooLate')}</p>
        ) : (
          <div className={styles.actions}>
            <Button
              small
              icon={Hand}
              aria-label={i18n.t('planned.holdLong', { title: title.slice(0, 120) })}
              onClick={() => void say('hold')}
            >
              {i18n.t('planned.hold')}
            </Button>
            <Button
              small
              icon={MessageCircleQuestion}
              aria-label={i18n.t('planned.askLong', { title: title.slice(0, 120) })}
              onClick={() => void say('ask-first')}
            >
              {i18n.t('planned.ask')}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}

function Held({ hold }: { hold: FeedbackItem<OutboxEntry> }) {
  const { me, feedback } = useLead();
  const send = useSend();
  const until = Date.parse(hold.clientTime) + UNDO_MS;
  const now = useNow(1000);
  const isOwn = hold.by === null || hold.by.id === me?.id;
  const key = hold.verdict === 'hold' ? 'held' : 'asked';
  return (
    <>
      <div className={styles.held}>
        <p>
          {isOwn
            ? i18n.t(`planned.${key}`)
            : i18n.t(`planned.${key}By`, { name: shortName(hold.by?.name ?? '') })}{' '}
          <ProgressMark progress={hold.progress} changing={hold.changing} />
        </p>
        {isOwn && now < until && (
          <UndoButton
            until={until}
            onUndo={() => {
              const patch = { state: 'withdrawn', clientTime: new Date().toISOString() } as const;
              void send(
                feedback.patch.mutateAsync({ feedbackId: hold.id, patch }),
                i18n.t('planned.released'),
              );
            }}
          />
        )}
      </div>
      <RefusedWrites entries={hold.refused} onDiscard={(id) => feedback.discard.mutateAsync(id)} />
    </>
  );
}
