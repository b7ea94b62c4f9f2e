import { useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { ImportSummary } from '../../../utils/contract/import.ts';
import { useImportActions } from '../../../utils/queries/use-imports.ts';
import { Button } from '../../ui/button.tsx';
import { focusOnMount } from '../../ui/focus.ts';
import { Trash } from '../../ui/icons.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import styles from './import-list.module.css';

interface Props {
  import: ImportSummary;
  small?: boolean;
  onDeleted?: () => void;
}

/** Forgets an import, after asking once more in the same place. */
export function ImportDelete({ import: { id, fileName }, small = false, onDeleted }: Props) {
  const announce = useAnnounce();
  const { remove } = useImportActions();
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <Button
        icon={Trash}
        small={small}
        aria-label={i18n.t('import.delete.label', { name: fileName })}
        onClick={() => setAsked(true)}
      >
        {i18n.t('import.delete.button')}
      </Button>
    );
  }
  const deleteIt = () =>
    remove.mutate(id, {
      onSuccess: () => {
        announce(i18n.t('import.delete.done'));
        onDeleted?.();
      },
      onError: () => announce(i18n.t('import.failed')),
    });
  return (
    <div className={styles.ask} role="group" aria-label={i18n.t('import.delete.label', { name: fileName })}>
      <span>{i18n.t('import.delete.sure')}</span>
      {/* Where the hand is already, the harmless choice. */}
      <Button small={small} ref={focusOnMount} onClick={() => setAsked(false)}>
        {i18n.t('action.cancel')}
      </Button>
      <Button look="danger" icon={Trash} small={small} disabled={remove.isPending} onClick={deleteIt}>
        {i18n.t('import.delete.button')}
      </Button>
    </div>
  );
}
