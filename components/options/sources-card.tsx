import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import { useConnectors, useSourceActions, useSources } from '../../utils/queries/use-sources.ts';
import { Card } from '../ui/card.tsx';
import { SourceAdd } from './source-add.tsx';
import { SourceRow } from './source-row.tsx';
import styles from './sources-card.module.css';

/** Systems that the hub brings knowledge in from: for administrators. */
export function SourcesCard() {
  const { data: sources, isError } = useSources();
  const connectors = useConnectors();
  const actions = useSourceActions();
  /** The one that was added last, as long as this page is open. */
  const [added, setAdded] = useState<string>();
  const left = connectors.data?.filter(({ system }) => !sources?.some((source) => source.system === system));
  return (
    <Card anchor="sources" title={i18n.t('options.sources.title')} text={i18n.t('options.sources.text')}>
      {(isError || connectors.isError) && !(sources && connectors.data) && (
        <p>{i18n.t('options.sources.unavailable')}</p>
      )}
      {sources && connectors.data && (
        <>
          {sources.length === 0 ? (
            <p className={styles.quiet}>{i18n.t('options.sources.empty')}</p>
          ) : (
            <ul className={styles.list}>
              {sources.map((source) => (
                <SourceRow
                  key={source.system}
                  source={source}
                  connector={connectors.data.find(({ system }) => system === source.system)}
                  actions={actions}
                  isAdded={source.system === added}
                />
              ))}
            </ul>
          )}
          <SourceAdd
            connectors={left ?? []}
            onAdd={(source) => {
              // First, so that its row knows when it comes.
              setAdded(source.system);
              return actions.add.mutateAsync(source);
            }}
          />
        </>
      )}
    </Card>
  );
}
