import { useId, useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { LeadVerdict } from '../../utils/contract/feedback.ts';
import { UNDO_MS } from '../../utils/contract/limits.ts';
import type { FeedbackItem } from '../../utils/domain/feedback-progress.ts';
import { verdictsFor } from '../../utils/domain/verdict.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Check, CircleAlert, CornerUpLeft } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { useNow } from '../ui/use-now.ts';
import { actsFor, useLead } from './lead-scope.ts';
import { ReasonChips } from './reason-chips.tsx';
import { newerStage, StageConflict } from './stage-conflict.tsx';
import { VerdictCard } from './verdict-card.tsx';
import styles from './verdict.module.css';

const looks = {
  accepted: { icon: Check, look: 'primary', label: () => i18n.t('verdict.accept') },
  returned: { icon: CornerUpLeft, look: 'secondary', label: () => i18n.t('verdict.return') },
} as const;

/**
 * Accept or return in one click. The buttons stay where they are afterwards, so that a second click in the
 * same place does nothing; what can be added or undone unfolds below.
 */
export function Verdict({ agreementPending }: { agreementPending: boolean }) {
  const { context, agreement, items, me, feedback } = useLead();
  const announce = useAnnounce();
  const chipsId = useId();
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState(false);
  const [clicked, setClicked] = useState<string>();
  // React applies this before it hears the next click, so a double click is one verdict.
  const [sending, setSending] = useState<LeadVerdict>();
  const [dismissed, setDismissed] = useState<string>();
  const now = useNow(1000);

  const latest = items.find(
    ({ about, by, progress }) =>
      about.kind === 'lead' && (by === null || by.id === me?.id) && progress !== 'withdrawn',
  );
  const active = latest && latest.id !== dismissed && isActive(latest, clicked, now) ? latest : undefined;
  const newer = newerStage(active?.refused ?? []);
  const pressed = active?.verdict ?? sending;
  const undoOpen = active !== undefined && now < Date.parse(active.clientTime) + UNDO_MS;
  const possible = verdictsFor(context.stage.stage);
  const shown = (['accepted', 'returned'] as const).filter(
    (verdict) => possible.includes(verdict) || verdict === pressed,
  );
  // The verdict is sales' word; what marketing thinks of a lead is said elsewhere.
  if (shown.length === 0 || (me && !actsFor(me, 'sales'))) return null;

  const send = async (verdict: LeadVerdict, reasons: string[], basedOn = context.stage.eventId) => {
    setAsking(false);
    setFailed(false);
    setSending(verdict);
    try {
      const about = { kind: 'lead', personId: context.person.id } as const;
      const id = await feedback.create.mutateAsync({ about, verdict, reasons, basedOn });
      setClicked(id);
      announce(i18n.t(`verdict.${verdict}`));
      setSending(undefined);
      return id;
    } catch {
      setFailed(true);
      announce(i18n.t('verdict.notSaved'));
      setSending(undefined);
      return null;
    }
  };
  /** The same again, on top of what somebody else did meanwhile; only then is the refused one let go. */
  const sendAnyway = async (
    { verdict, reasons, comment, refused }: (typeof items)[number],
    basedOn: string,
  ) => {
    if (verdict !== 'accepted' && verdict !== 'returned') return;
    const id = await send(verdict, reasons, basedOn);
    if (id === null) return;
    if (comment) await feedback.patch.mutateAsync({ feedbackId: id, patch: { comment } });
    for (const entry of refused) await feedback.discard.mutateAsync(entry.id);
  };
  const click = (verdict: LeadVerdict) => {
    if (pressed === verdict) return;
    if (verdict === 'returned' && agreement?.returnNeedsReason) setAsking(!asking);
    else void send(verdict, []);
  };

  return (
    <div className={styles.verdict} role="group" aria-label={i18n.t('verdict.label')}>
      <div className={styles.buttons}>
        {shown.map((verdict) => {
          const { icon, look, label } = looks[verdict];
          const asks = verdict === 'returned' && agreement?.returnNeedsReason === true && !pressed;
          return (
            <Button
              key={verdict}
              icon={icon}
              look={pressed && pressed !== verdict ? 'secondary' : look}
              className={styles.button}
              aria-pressed={asks ? undefined : pressed === verdict}
              aria-expanded={asks ? asking : undefined}
              aria-controls={asks && asking ? chipsId : undefined}
              data-chosen={pressed === verdict || (asks && asking)}
              disabled={
                (verdict === 'returned' && agreementPending) ||
                (pressed !== undefined && pressed !== verdict && (undoOpen || sending !== undefined))
              }
              onClick={() => click(verdict)}
            >
              {label()}
            </Button>
          );
        })}
      </div>
      {!pressed && !asking && shown.includes('accepted') && (
        <p className={styles.hint}>{i18n.t('verdict.hint')}</p>
      )}
      {failed && (
        <Banner tone="bad" icon={CircleAlert}>
          {i18n.t('verdict.notSaved')}
        </Banner>
      )}
      {asking && !pressed && agreement && (
        <div id={chipsId} className={styles.ask}>
          <ReasonChips
            legend={i18n.t('verdict.reasonsRequired')}
            reasons={agreement.reasons}
            chosen={[]}
            onToggle={(id) => void send('returned', [id])}
            as="buttons"
          />
          <Button small look="quiet" onClick={() => setAsking(false)}>
            {i18n.t('action.cancel')}
          </Button>
        </div>
      )}
      {active && newer && (
        <StageConflict
          current={newer}
          onAnyway={() => void sendAnyway(active, newer.eventId)}
          onLeave={() => active.refused.forEach(({ id }) => void feedback.discard.mutateAsync(id))}
        />
      )}
      {active && !newer && (
        <VerdictCard
          key={active.id}
          item={active}
          agreement={agreement}
          undoUntil={undoOpen ? Date.parse(active.clientTime) + UNDO_MS : undefined}
          actions={feedback}
          onDone={() => setDismissed(active.id)}
        />
      )}
    </div>
  );
}

/** Whether a verdict still wants the user's eye: just clicked, still undoable, or not at the hub yet. */
function isActive(item: FeedbackItem<OutboxEntry>, clicked: string | undefined, now: number): boolean {
  return (
    item.id === clicked ||
    item.progress === 'saved' ||
    item.progress === 'refused' ||
    now < Date.parse(item.clientTime) + UNDO_MS
  );
}
