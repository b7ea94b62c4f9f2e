import { i18n } from './i18n.ts';
import type { Feedback } from '../../utils/contract/feedback.ts';
import { Check, CornerUpLeft, Hand, Heart, Lightbulb, MessageCircleQuestion, type Icon } from './icons.ts';
import { messageName } from './language.ts';
import styles from './verdict-mark.module.css';

const icons: Record<Feedback['verdict'], Icon> = {
  accepted: Check,
  returned: CornerUpLeft,
  praise: Heart,
  suggestion: Lightbulb,
  hold: Hand,
  'ask-first': MessageCircleQuestion,
};

/** A verdict by sign, word and colour. */
export function VerdictMark({ verdict }: { verdict: Feedback['verdict'] }) {
  const Glyph = icons[verdict];
  return (
    <span className={styles.mark} data-verdict={verdict}>
      <Glyph size={13} strokeWidth={2.5} aria-hidden />
      {i18n.t(`feedback.${messageName(verdict)}`)}
    </span>
  );
}
