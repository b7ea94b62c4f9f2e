import { i18n } from '../../ui/i18n.ts';
import { mayImport } from '../../../utils/domain/import-mapping.ts';
import { panelCommands } from '../../../utils/queries/panel-commands.ts';
import { useConnection } from '../../../utils/queries/use-panel-data.ts';
import { FailureScreen } from '../../ui/failure-screen.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ImportChoose } from './import-choose.tsx';
import { ImportDetail } from './import-detail.tsx';
import { ImportList } from './import-list.tsx';
import styles from './import-view.module.css';

/** Brings files in: choose one, or look at one that was chosen earlier; `id` is null for the former. */
export function ImportView({ id }: { id: string | null }) {
  const connection = useConnection();
  if (connection.isPending) {
    return (
      <div className={styles.view} data-state="pending">
        <p className="visually-hidden">{i18n.t('import.loading')}</p>
        <Skeleton width="100%" height="14rem" />
      </div>
    );
  }
  const role = connection.data?.me.user.role;
  if (role === undefined || !mayImport(role)) {
    return (
      <div className={styles.view} data-state="error">
        <FailureScreen
          kind={role === undefined ? 'signed-out' : 'forbidden'}
          onRetry={() => void connection.refetch()}
          onOpenOptions={() => void panelCommands.openOptions()}
          heading="h2"
        />
      </div>
    );
  }
  if (id !== null) return <ImportDetail key={id} id={id} />;
  return (
    <div className={styles.view}>
      <ImportChoose />
      <ImportList />
    </div>
  );
}
