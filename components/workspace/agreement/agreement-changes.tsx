import { useMemo } from 'react';
import { i18n } from '../../ui/i18n.ts';
import { agreementChanges, type Change } from '../../../utils/domain/agreement-changes.ts';
import { useAgreementDocument } from '../../../utils/queries/use-agreements.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './agreement-changes.module.css';

/** What differs between two versions, part by part. */
export function AgreementChanges({ before, after }: { before: number; after: number }) {
  const old = useAgreementDocument(before);
  const now = useAgreementDocument(after);
  const changes = useMemo(() => agreementChanges(old.data, now.data), [old.data, now.data]);
  if (old.isError || now.isError) return <p>{i18n.t('agreement.changes.failed')}</p>;
  if (old.isPending || now.isPending) return <Skeleton width="100%" height="5rem" />;
  return <ChangeList title={i18n.t('agreement.changes.title', { version: before })} changes={changes} />;
}

/** Each with what stood there and what is to stand there. */
export function ChangeList({ title, changes }: { title: string; changes: readonly Change[] }) {
  return (
    <section className={styles.changes}>
      <h3 className={styles.title}>{title}</h3>
      {changes.length === 0 && <p>{i18n.t('agreement.changes.none')}</p>}
      <ol className={styles.list}>
        {changes.map((change) => (
          <li key={change.path.join('/')} className={styles.change}>
            <code className={styles.path}>{change.path.join(' › ')}</code>
            <Text kind="before" text={change.before} />
            <Text kind="after" text={change.after} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The sign before it says the same as the colour. */
function Text({ kind, text }: { kind: 'before' | 'after'; text: string | null }) {
  if (text === null) return null;
  return (
    <p className={`${styles.text} ${styles[kind]}`}>
      <span className="visually-hidden">{i18n.t(`agreement.changes.${kind}`)}: </span>
      <span className={styles.words}>{text}</span>
    </p>
  );
}
