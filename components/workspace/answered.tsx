import type { ReactNode } from 'react';
import { i18n } from '../ui/i18n.ts';
import { panelCommands } from '../../utils/queries/panel-commands.ts';
import { failureOf } from '../../utils/queries/unwrap.ts';
import { useConnection } from '../../utils/queries/use-panel-data.ts';
import { Banner } from '../ui/banner.tsx';
import { FailureScreen } from '../ui/failure-screen.tsx';
import { CloudOff } from '../ui/icons.ts';
import { messageName } from '../ui/language.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import styles from './answered.module.css';

interface Props<Data> {
  query: {
    data: Data | undefined;
    error: Error | null;
    isPending: boolean;
    isError: boolean;
    refetch: () => unknown;
  };
  /** Said while there is nothing to show yet. */
  loading: string;
  children: (data: Data) => ReactNode;
}

/**
 * What a query has brought; before that its outline, and why there is nothing where there is nothing. An answer that is
 * there already stays below the failure of the next one.
 */
export function Answered<Data>({ query, loading, children }: Props<Data>) {
  const connection = useConnection();
  const { data, error, isError } = query;
  const failure = isError ? (failureOf(error)?.kind ?? 'bug') : null;
  const isSignedOut = connection.data === null || failure === 'signed-out';
  if (isSignedOut || (failure && data === undefined)) {
    return (
      <div className={styles.view} data-state="error">
        <FailureScreen
          kind={isSignedOut ? 'signed-out' : failure!}
          onRetry={() => void query.refetch()}
          onOpenOptions={() => void panelCommands.openOptions()}
          heading="h2"
        />
      </div>
    );
  }
  if (data === undefined) {
    return (
      <div className={styles.view} data-state="pending">
        <p className="visually-hidden">{loading}</p>
        <Skeleton width="100%" height="6rem" />
        <Skeleton width="100%" height="14rem" />
      </div>
    );
  }
  return (
    <div className={styles.view} data-state="success">
      {failure && (
        <Banner tone="warn" icon={CloudOff}>
          {i18n.t(`failure.${messageName(failure)}.title`)}
        </Banner>
      )}
      {children(data)}
    </div>
  );
}
