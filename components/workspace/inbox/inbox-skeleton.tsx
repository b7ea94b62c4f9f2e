import { i18n } from '../../ui/i18n.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './inbox-item.module.css';
import list from './inbox-list.module.css';

/** The list before its first answer. */
export function InboxSkeleton() {
  return (
    <div className={list.list}>
      <p className="visually-hidden">{i18n.t('inbox.loading')}</p>
      {['45%', '60%', '35%', '50%'].map((width) => (
        <div key={width} className={styles.placeholder}>
          <Skeleton width="5.5rem" height="1.25rem" />
          <Skeleton width={width} height="1rem" />
        </div>
      ))}
    </div>
  );
}
