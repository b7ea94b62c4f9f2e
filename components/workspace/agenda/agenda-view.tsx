import { i18n } from '../../ui/i18n.ts';
import { failureOf } from '../../../utils/queries/unwrap.ts';
import { useAgenda } from '../../../utils/queries/use-agendas.ts';
import { panelCommands } from '../../../utils/queries/panel-commands.ts';
import { useConnection } from '../../../utils/queries/use-panel-data.ts';
import { FailureScreen } from '../../ui/failure-screen.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AgendaList } from './agenda-list.tsx';
import { AgendaPage } from './agenda-page.tsx';
import styles from './agenda.module.css';

/** What both teams talk about when they meet: the list of what was kept, or one of it; `id` is null for the former. */
export function AgendaView({ id }: { id: string | null }) {
  const connection = useConnection();
  if (connection.isPending) return <Loading />;
  const user = connection.data?.me.user;
  if (!user) return <Failed kind="signed-out" onRetry={() => void connection.refetch()} />;
  const editable = user.role !== 'rep';
  return id === null ? <AgendaList editable={editable} /> : <One key={id} id={id} editable={editable} />;
}

function One({ id, editable }: { id: string; editable: boolean }) {
  const { data, error, refetch } = useAgenda(id);
  if (data) return <AgendaPage agenda={data} editable={editable} failed={error !== null} />;
  if (error) return <Failed kind={failureOf(error)?.kind ?? 'bug'} onRetry={() => void refetch()} />;
  return <Loading />;
}

function Loading() {
  return (
    <div className={styles.view} data-state="pending">
      <p className="visually-hidden">{i18n.t('agenda.loading')}</p>
      <Skeleton width="100%" height="6rem" />
      <Skeleton width="100%" height="14rem" />
    </div>
  );
}

export function Failed({
  kind,
  onRetry,
}: {
  kind: Parameters<typeof FailureScreen>[0]['kind'];
  onRetry: () => void;
}) {
  return (
    <div className={styles.view} data-state="error">
      <FailureScreen
        kind={kind}
        onRetry={onRetry}
        onOpenOptions={() => void panelCommands.openOptions()}
        heading="h2"
      />
    </div>
  );
}
