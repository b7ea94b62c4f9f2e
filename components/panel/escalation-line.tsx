import { i18n } from '../ui/i18n.ts';
import type { Escalation } from '../../utils/contract/hand-over.ts';
import { BellRing } from '../ui/icons.ts';
import { format } from '../ui/language.ts';
import { useNow } from '../ui/use-now.ts';
import { shortName } from './clock-view.ts';
import styles from './escalation-line.module.css';

/** What happened last because nobody followed up, in one line; all of it on hover. */
export function EscalationLine({ escalations }: { escalations: readonly Escalation[] }) {
  const now = useNow();
  const lines = escalations.map(({ at, to, user }) => {
    const when = format().when(at, now);
    return user
      ? i18n.t(`clock.escalated.${to}`, { name: shortName(user.name), when })
      : i18n.t(`clock.escalatedNobody.${to}`, { when });
  });
  const last = lines.at(-1);
  if (last === undefined) return null;
  return (
    <p className={styles.line} title={lines.join('\n')}>
      <BellRing size={13} aria-hidden />
      {last}
    </p>
  );
}
