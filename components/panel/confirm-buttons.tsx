import { i18n } from '../ui/i18n.ts';
import type { Confirmable } from '../../utils/contract/criterion.ts';
import type { LeafResult } from '../../utils/contract/qualification.ts';
import { Check, Minus, Undo } from '../ui/icons.ts';
import { localText } from '../ui/language.ts';
import { ProgressMark } from '../ui/progress-mark.tsx';
import styles from './confirm-buttons.module.css';
import { actsFor, useLead } from './lead-scope.ts';
import { useSend } from './use-send.ts';

interface Props {
  leaf: LeafResult;
  subject: Confirmable;
  /** Said here and not at the hub yet; `null`: taken back. */
  answer: boolean | null | undefined;
}

/** Yes, no, or take it back: what a rep learned in a talk, in one click. */
export function ConfirmButtons({ leaf, subject, answer }: Props) {
  const { actions, me } = useLead();
  const send = useSend();
  const question = localText(leaf.label).slice(0, 200);
  const stored = leaf.evidence.find((entry) => entry.kind === 'confirmation');
  const said = answer === undefined ? (stored?.expiredAt ? undefined : stored?.confirmed) : answer;
  if (!actsFor(me, 'sales')) return null;
  const say = (confirmed: boolean | null, done: string) => {
    if (confirmed !== said) void send(actions.confirm(subject, confirmed), done);
  };
  return (
    <div className={styles.buttons}>
      <button
        type="button"
        className={styles.choice}
        aria-pressed={said === true}
        aria-label={i18n.t('why.yesTo', { question })}
        onClick={() => say(true, i18n.t('why.saidYes', { question }))}
      >
        {said === true && <Check size={12} strokeWidth={3} aria-hidden />}
        {i18n.t('why.yes')}
      </button>
      <button
        type="button"
        className={styles.choice}
        aria-pressed={said === false}
        aria-label={i18n.t('why.noTo', { question })}
        onClick={() => say(false, i18n.t('why.saidNo', { question }))}
      >
        {said === false && <Minus size={12} strokeWidth={3} aria-hidden />}
        {i18n.t('why.no')}
      </button>
      {typeof said === 'boolean' && (
        <button
          type="button"
          className={styles.back}
          aria-label={i18n.t('why.takeBackTo', { question })}
          title={i18n.t('why.takeBack')}
          onClick={() => say(null, i18n.t('why.tookBack', { question }))}
        >
          <Undo size={13} aria-hidden />
        </button>
      )}
      {answer !== undefined && <ProgressMark progress="saved" />}
    </div>
  );
}
