import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { focusOnMount } from '../ui/focus.ts';
import { Trash, TriangleAlert } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import styles from './delete-card.module.css';

interface Props {
  /** How many writes of the user's have not reached the hub. */
  unsent: number;
  onDelete: () => Promise<unknown>;
}

/** Takes everything off this computer, after telling what is lost by it. */
export function DeleteCard({ unsent, onDelete }: Props) {
  const announce = useAnnounce();
  const [state, setState] = useState<'closed' | 'asking' | 'deleting'>('closed');
  const remove = () => {
    setState('deleting');
    onDelete().catch(() => {
      setState('asking');
      announce(i18n.t('options.delete.failed'));
    });
  };
  return (
    <Card anchor="delete" title={i18n.t('options.delete.title')} text={i18n.t('options.delete.text')}>
      {state === 'closed' ? (
        <div>
          <Button icon={Trash} look="danger" onClick={() => setState('asking')}>
            {i18n.t('options.delete.open')}
          </Button>
        </div>
      ) : (
        <div role="group" aria-label={i18n.t('options.delete.open')} className={styles.ask}>
          <Banner tone={unsent > 0 ? 'bad' : 'warn'} icon={TriangleAlert}>
            <p>
              {unsent > 0 ? i18n.t('options.delete.unsent', unsent) : i18n.t('options.delete.nothingUnsent')}{' '}
              {i18n.t('options.delete.sure')}
            </p>
          </Banner>
          <div className={styles.buttons}>
            {/* The question stands where the button was that has asked it; so does the focus, on the safe answer. */}
            <Button ref={focusOnMount} disabled={state === 'deleting'} onClick={() => setState('closed')}>
              {i18n.t('action.cancel')}
            </Button>
            <Button icon={Trash} look="danger" disabled={state === 'deleting'} onClick={remove}>
              {i18n.t(state === 'deleting' ? 'options.delete.deleting' : 'options.delete.really')}
            </Button>
          </div>
        </div>
      )}
    </Card>
  );
}
