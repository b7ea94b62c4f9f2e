import type { Agreement } from '../../utils/contract/agreement.ts';
import { localText } from './language.ts';
import styles from './reason-names.module.css';
import { UserName } from './user-text.tsx';

/** Reasons in the agreement's words; one that it no longer has keeps its id. */
export function ReasonNames({
  ids,
  agreement,
}: {
  ids: readonly string[];
  agreement: Agreement | undefined;
}) {
  if (ids.length === 0) return null;
  return (
    <ul className={styles.reasons}>
      {ids.map((id) => {
        const reason = agreement?.reasons.find((known) => known.id === id);
        return (
          <li key={id} className={styles.reason}>
            <UserName text={reason ? localText(reason.label) : id} />
          </li>
        );
      })}
    </ul>
  );
}
