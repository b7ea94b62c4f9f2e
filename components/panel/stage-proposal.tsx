import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import { UNDO_MS } from '../../utils/contract/limits.ts';
import type { Stage } from '../../utils/contract/stage.ts';
import { Button } from '../ui/button.tsx';
import { ArrowRight, CircleCheck } from '../ui/icons.ts';
import { ProgressMark } from '../ui/progress-mark.tsx';
import { useNow } from '../ui/use-now.ts';
import { actsFor, useLead } from './lead-scope.ts';
import { RefusedWrites } from './refused-writes.tsx';
import { newerStage, StageConflict } from './stage-conflict.tsx';
import styles from './stage-proposal.module.css';
import { UndoButton } from './undo-button.tsx';
import { useSend } from './use-send.ts';

interface Move {
  id: string;
  from: Stage;
  to: Stage;
  at: number;
}

/**
 * The next stage in one click, once all it asks for is met and the user's team may decide. A lead becomes a
 * SAL by being accepted, which has its own button.
 */
export function StageProposal() {
  const { context, me, writes, actions, feedback } = useLead();
  const { stage, qualification } = context;
  const send = useSend();
  const now = useNow(1000);
  const [moved, setMoved] = useState<Move>();

  const moves = writes.flatMap(({ write, ...entry }) =>
    write.kind === 'stage-change' ? [{ ...entry, write }] : [],
  );
  const refused = moves.filter(({ state }) => state === 'refused');
  const waiting = moves.find(({ state }) => state === 'waiting');
  const discard = (id: string) => feedback.discard.mutateAsync(id);
  const move = (to: Stage, basedOn: string) => {
    const write = actions.moveStage({ to, basedOn });
    void send(write, i18n.t('status.moved', { stage: i18n.t(`stage.short.${to}`) }));
    return write.then(
      (id) => setMoved({ id, from: stage.stage, to, at: Date.now() }),
      () => undefined,
    );
  };

  const newer = newerStage(refused);
  const first = refused[0];
  if (first && newer) {
    const { to } = first.write.body;
    return (
      <StageConflict
        current={newer}
        onAnyway={() => void move(to, newer.eventId).then(() => discard(first.id))}
        onLeave={() => void discard(first.id)}
      />
    );
  }
  if (first) return <RefusedWrites entries={refused} onDiscard={discard} />;

  // Until the context shows the move, or until it is too late to undo it.
  if (moved && (waiting || now < moved.at + UNDO_MS)) {
    return (
      <div className={styles.proposal}>
        <CircleCheck size={16} aria-hidden />
        <p className={styles.text}>
          {i18n.t('status.moved', { stage: i18n.t(`stage.short.${moved.to}`) })}{' '}
          <ProgressMark progress={waiting ? 'saved' : 'delivered'} />
        </p>
        {now < moved.at + UNDO_MS && (
          <UndoButton
            until={moved.at + UNDO_MS}
            onUndo={() => {
              const undo = actions.moveStage({ to: moved.from, basedOn: moved.id, undoes: moved.id });
              void send(undo, i18n.t('verdict.undone')).then((saved) => saved && setMoved(undefined));
            }}
          />
        )}
      </div>
    );
  }

  const next = qualification.next;
  const mine = (['sales', 'marketing'] as const).some(
    (team) => next?.movers.includes(team) && actsFor(me, team),
  );
  if (waiting || !next || next.stage === 'sal' || !mine) return null;
  const name = i18n.t(`stage.short.${next.stage}`);
  const button = (look: 'primary' | 'quiet') => (
    <Button small look={look} icon={ArrowRight} onClick={() => void move(next.stage, stage.eventId)}>
      {i18n.t('status.move', { stage: name })}
    </Button>
  );
  // Where the agreement asks for nothing but a decision there is nothing to propose; the way is open all the same.
  if (!next.result) return <div className={styles.decision}>{button('quiet')}</div>;
  if (next.result.state !== 'met') return null;
  return (
    <div className={styles.proposal}>
      <CircleCheck size={16} aria-hidden />
      <p className={styles.text}>{i18n.t('status.ready', { stage: name })}</p>
      {button('primary')}
    </div>
  );
}
