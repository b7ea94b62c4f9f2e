import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Source } from '../../utils/contract/source.ts';
import type { SourceActions } from '../../utils/queries/use-sources.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { failureText } from './channel-words.ts';
import styles from './source-row.module.css';
import { SwitchField } from './switch-field.tsx';

/** Whether what sales says of a lead is noted in the system itself, too. */
export function SourceWriteBack({ source, onChange }: { source: Source; onChange: SourceActions['change'] }) {
  const announce = useAnnounce();
  const [failure, setFailure] = useState<string>();
  const { system, label, writesFeedback } = source;
  const change = () =>
    onChange.mutateAsync({ system, writesFeedback: !writesFeedback }).then(
      () => {
        setFailure(undefined);
        announce(i18n.t('options.sources.saved'));
      },
      (error: unknown) => {
        setFailure(failureText(error));
        announce(failureText(error));
      },
    );
  return (
    <div>
      <SwitchField
        label={i18n.t('options.sources.writesBack', { label })}
        on={writesFeedback}
        disabled={onChange.isPending}
        onChange={change}
      />
      {failure !== undefined && <p className={styles.bad}>{failure}</p>}
    </div>
  );
}
