import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { HandOver } from '../../utils/contract/hand-over.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import { Button } from '../ui/button.tsx';
import { Check, CircleUser, Play } from '../ui/icons.ts';
import { ProgressMark } from '../ui/progress-mark.tsx';
import { useNow } from '../ui/use-now.ts';
import { ClockDial } from './clock-dial.tsx';
import { clockView } from './clock-view.ts';
import { EscalationLine } from './escalation-line.tsx';
import styles from './follow-up-clock.module.css';
import { actsFor, useLead } from './lead-scope.ts';
import { PausePopover } from './pause-popover.tsx';
import { RefusedWrites } from './refused-writes.tsx';
import { useSend } from './use-send.ts';

/** The promise that runs for this lead: how much time is left, and what stops or pauses it in one click. */
export function FollowUpClock({ handOver }: { handOver: HandOver }) {
  const { me, writes, actions, feedback, agreement } = useLead();
  const send = useSend();
  // What was clicked, and the hand-over it was about: it holds until the hub's answer shows a newer one.
  const [sent, setSent] = useState<{ revision: number; text: string }>();
  const view = clockView(handOver, useNow(), me?.id);
  if (!view) return null;

  const own = writes.filter(({ write }) => write.kind === 'follow-up' || write.kind === 'hand-over');
  const waiting = own.findLast(({ state }) => state === 'waiting');
  const refused = own.filter(({ state }) => state === 'refused');
  const pending =
    waiting?.write.kind !== undefined
      ? sentText(waiting.write)
      : sent?.revision === handOver.revision && refused.length === 0
        ? sent.text
        : undefined;
  const act = (write: Promise<unknown>, text: string) =>
    void send(write, text).then((saved) => saved && setSent({ revision: handOver.revision, text }));
  const mayAct = actsFor(me, 'sales') && view.state !== 'met' && pending === undefined;

  return (
    <div
      className={styles.clock}
      data-clock={view.state}
      data-late={view.isLate}
      role="group"
      aria-label={i18n.t('clock.label')}
    >
      <div className={styles.row}>
        <ClockDial state={view.state} share={view.share} />
        <div className={styles.words}>
          <p className={styles.title}>{view.title}</p>
          <p className={styles.detail}>{view.detail}</p>
        </div>
        {mayAct && (
          <div className={styles.actions}>
            {handOver.to || !me ? (
              <Button small icon={Check} onClick={() => act(actions.followUp(), i18n.t('clock.followedUp'))}>
                {i18n.t('clock.followUp')}
              </Button>
            ) : (
              <Button
                small
                icon={CircleUser}
                onClick={() =>
                  act(actions.handOver(handOver.id, { change: 'assign', to: me.id }), i18n.t('clock.taking'))
                }
              >
                {i18n.t('clock.take')}
              </Button>
            )}
            {view.state === 'paused' ? (
              <Button
                small
                look="quiet"
                icon={Play}
                onClick={() =>
                  act(actions.handOver(handOver.id, { change: 'resume' }), i18n.t('clock.resuming'))
                }
              >
                {i18n.t('clock.resume')}
              </Button>
            ) : (
              agreement && (
                <PausePopover
                  sla={agreement.sla}
                  onPause={(reason, until) =>
                    act(
                      actions.handOver(handOver.id, { change: 'pause', reason, until }),
                      i18n.t('clock.pausing'),
                    )
                  }
                />
              )
            )}
          </div>
        )}
      </div>
      {pending !== undefined && (
        <p className={styles.sent}>
          {pending} <ProgressMark progress={waiting ? 'saved' : 'delivered'} />
        </p>
      )}
      <RefusedWrites entries={refused} onDiscard={(id) => feedback.discard.mutateAsync(id)} />
      {view.state !== 'met' && <EscalationLine escalations={handOver.escalations} />}
    </div>
  );
}

function sentText(write: OutboxEntry['write']): string {
  if (write.kind === 'follow-up' && write.body.seen !== 'click')
    return i18n.t(`clock.seenYou.${write.body.seen}`);
  if (write.kind !== 'hand-over') return i18n.t('clock.followedUp');
  switch (write.body.change) {
    case 'assign':
      return i18n.t('clock.taking');
    case 'pause':
      return i18n.t('clock.pausing');
    case 'resume':
      return i18n.t('clock.resuming');
  }
}
