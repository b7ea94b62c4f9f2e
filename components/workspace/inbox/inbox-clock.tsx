import { i18n } from '../../ui/i18n.ts';
import type { Feedback } from '../../../utils/contract/feedback.ts';
import { clockState, isLate, workingMsLeft } from '../../../utils/domain/clock-state.ts';
import { ClockDial } from '../../panel/clock-dial.tsx';
import { shortName } from '../../panel/clock-view.ts';
import { MessageCircleQuestion } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './inbox-clock.module.css';

/** How marketing's promise of an answer stands, or who is asked back; nothing where no answer was promised. */
export function InboxClock({ feedback: { answer, waitsFor, by, state } }: { feedback: Feedback }) {
  const now = useNow();
  if (waitsFor === 'sales') {
    return (
      <span className={styles.clock} data-clock="asked">
        <MessageCircleQuestion size={14} aria-hidden />
        {i18n.t('inbox.clock.asked', { name: shortName(by.name) })}
      </span>
    );
  }
  if (!answer || state === 'withdrawn') return null;
  const clock = clockState(answer, [], now);
  const ms = workingMsLeft(answer, now);
  const whole = workingMsLeft({ ...answer, stoppedAt: answer.startedAt }, now);
  const again = waitsFor === 'marketing' && clock === 'met';
  return (
    <span
      className={styles.clock}
      data-clock={again ? 'again' : clock}
      data-late={isLate(answer)}
      title={i18n.t('clock.due', { when: format().when(answer.due, now) })}
    >
      <ClockDial state={clock} share={whole > 0 ? ms / whole : 0} size={16} />
      {again ? i18n.t('inbox.clock.again') : words()}
    </span>
  );

  function words() {
    switch (clock) {
      case 'breached':
        return i18n.t('clock.overdue', { when: format().when(answer!.due, now) });
      case 'at-risk':
        return i18n.t('clock.leftAtRisk', { time: format().duration(ms) });
      case 'met': {
        const { tookMinutes } = answer!;
        if (tookMinutes === undefined) return i18n.t('inbox.clock.answered');
        const time = format().duration(tookMinutes * 60_000);
        return i18n.t(isLate(answer!) ? 'inbox.clock.late' : 'inbox.clock.met', { time });
      }
      default:
        return i18n.t('clock.left', { time: format().duration(ms) });
    }
  }
}
