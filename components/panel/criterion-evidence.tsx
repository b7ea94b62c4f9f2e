import { i18n } from '../ui/i18n.ts';
import type { Evidence } from '../../utils/contract/qualification.ts';
import { Ago } from '../ui/ago.tsx';
import { attributeName, attributeValue } from '../ui/attribute-words.ts';
import { UserName } from '../ui/user-text.tsx';
import styles from './criterion-evidence.module.css';
import { useLead } from './lead-scope.ts';
import { sourceLabel } from './source-label.ts';
import { TouchpointLink } from './touchpoint-link.tsx';

/** What a criterion rests on: which touchpoint or field, when, from where; what has expired is pale. */
export function CriterionEvidence({ evidence }: { evidence: readonly Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <ul className={styles.evidence}>
      {evidence.map((entry, index) => (
        <li key={index} data-expired={'expiredAt' in entry && entry.expiredAt !== undefined}>
          <EvidenceText evidence={entry} />
        </li>
      ))}
    </ul>
  );
}

function EvidenceText({ evidence }: { evidence: Evidence }) {
  const { context, me } = useLead();
  switch (evidence.kind) {
    case 'touchpoint':
      return <TouchpointLink touchpoint={evidence} />;
    case 'field': {
      const { attribute, value, source } = evidence;
      return (
        <span className={styles.line}>
          <UserName
            text={i18n.t('why.field', {
              field: attributeName(attribute),
              value: attributeValue(attribute, value),
            })}
            lines={2}
          />
          <span className={styles.when}>
            {source !== undefined && (
              <>{i18n.t('why.via', { source: sourceLabel(source, context.sources) })}, </>
            )}
            <Ago at={evidence.at} />
          </span>
        </span>
      );
    }
    case 'confirmation': {
      const { by, confirmed } = evidence;
      const name = by.id === me?.id ? i18n.t('feedback.you') : by.name;
      return (
        <span className={styles.line}>
          <UserName
            text={i18n.t('why.said', { name, answer: i18n.t(confirmed ? 'why.yes' : 'why.no') })}
            lines={2}
          />
          <span className={styles.when}>
            <Ago at={evidence.at} />
          </span>
        </span>
      );
    }
  }
}
