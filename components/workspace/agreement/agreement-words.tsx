import type { ReactNode } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import { Card } from '../../ui/card.tsx';
import { localText } from '../../ui/language.ts';
import styles from './agreement-words.module.css';

/** The words both teams use, each with the one sentence that says what it means. */
export function AgreementWords({
  agreement: { glossary },
  aside,
}: {
  agreement: Agreement;
  aside?: ReactNode;
}) {
  if (glossary.length === 0 && !aside) return null;
  return (
    <Card
      aside={aside}
      anchor="agreement-words"
      title={i18n.t('agreement.words.title')}
      text={i18n.t('agreement.words.text')}
    >
      <dl className={styles.words}>
        {glossary.map(({ id, term, definition }) => (
          <div key={id} className={styles.word}>
            <dt className={styles.term}>{localText(term)}</dt>
            <dd>{localText(definition)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
