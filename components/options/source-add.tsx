import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { ConnectorDescription, NewSource } from '../../utils/contract/source.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { SourceForm } from './source-form.tsx';
import styles from './sources-card.module.css';

interface Props {
  /** Those that are not connected yet. */
  connectors: readonly ConnectorDescription[];
  onAdd: (source: NewSource) => Promise<unknown>;
}

/** Connects another system: which one, and what the hub must be told of it. */
export function SourceAdd({ connectors, onAdd }: Props) {
  const announce = useAnnounce();
  const [system, setSystem] = useState('');
  const connector = connectors.find((each) => each.system === system);
  if (connectors.length === 0) return <p className={styles.quiet}>{i18n.t('options.sources.allThere')}</p>;
  return (
    <div className={styles.add}>
      <h3 className={styles.title}>{i18n.t('options.sources.new')}</h3>
      <SelectField
        label={i18n.t('options.sources.system')}
        value={connector ? system : ''}
        onChange={({ target }) => setSystem(target.value)}
      >
        <option value="">{i18n.t('options.sources.choose')}</option>
        {connectors.map(({ system: id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </SelectField>
      {connector && (
        <>
          {connector.writesFeedback && (
            <p className={styles.quiet}>{i18n.t('options.sources.writes', { label: connector.label })}</p>
          )}
          <SourceForm
            key={system}
            connector={connector}
            submit={i18n.t(connector.signIn ? 'options.sources.add' : 'options.sources.addAndCheck')}
            onSubmit={(settings) =>
              onAdd({ system, settings }).then(() => {
                setSystem('');
                announce(i18n.t('options.sources.added', { label: connector.label }));
              })
            }
          />
        </>
      )}
    </div>
  );
}
