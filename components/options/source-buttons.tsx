import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Source } from '../../utils/contract/source.ts';
import type { SourceActions } from '../../utils/queries/use-sources.ts';
import { Button } from '../ui/button.tsx';
import { focusOnMount } from '../ui/focus.ts';
import { CircleHelp, Pause, Play, RefreshCw, Trash } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { failureText } from './channel-words.ts';
import styles from './source-row.module.css';

interface Props {
  source: Source;
  actions: SourceActions;
  checking: boolean;
  onCheck: () => void;
}

/** Check, sync now, switch off, remove. */
export function SourceButtons({ source, actions, checking, onCheck }: Props) {
  const announce = useAnnounce();
  const [failure, setFailure] = useState<string>();
  const { system, label, enabled, signedIn, state } = source;
  const act = async (action: Promise<unknown>, done: string) => {
    try {
      await action;
      setFailure(undefined);
      announce(done);
    } catch (error) {
      setFailure(failureText(error));
      announce(failureText(error));
    }
  };
  return (
    <>
      <div className={styles.buttons}>
        <Button
          small
          icon={CircleHelp}
          aria-label={i18n.t('options.sources.checkOf', { label })}
          disabled={checking || signedIn === false}
          onClick={onCheck}
        >
          {i18n.t('options.sources.check')}
        </Button>
        <Button
          small
          icon={RefreshCw}
          aria-label={i18n.t('options.sources.syncOf', { label })}
          disabled={!enabled || signedIn === false || state === 'syncing'}
          onClick={() => void act(actions.sync.mutateAsync(system), i18n.t('options.sources.synced'))}
        >
          {i18n.t('options.sources.sync')}
        </Button>
        <Button
          small
          icon={enabled ? Pause : Play}
          aria-label={i18n.t(enabled ? 'options.sources.switchOffOf' : 'options.sources.switchOnOf', {
            label,
          })}
          onClick={() =>
            void act(
              actions.change.mutateAsync({ system, enabled: !enabled }),
              i18n.t(enabled ? 'options.sources.switchedOff' : 'options.sources.switchedOn'),
            )
          }
        >
          {i18n.t(enabled ? 'options.sources.switchOff' : 'options.sources.switchOn')}
        </Button>
        <RemoveButton
          label={label}
          onRemove={() => void act(actions.remove.mutateAsync(system), i18n.t('options.sources.removed'))}
        />
      </div>
      {failure !== undefined && <p className={styles.bad}>{failure}</p>}
    </>
  );
}

/** Asks once more in the same place. */
function RemoveButton({ label, onRemove }: { label: string; onRemove: () => void }) {
  const [asked, setAsked] = useState(false);
  const name = i18n.t('options.sources.removeOf', { label });
  if (!asked) {
    return (
      <Button small icon={Trash} aria-label={name} onClick={() => setAsked(true)}>
        {i18n.t('options.sources.remove')}
      </Button>
    );
  }
  return (
    <div className={styles.ask} role="group" aria-label={name}>
      <span>{i18n.t('options.sources.sure')}</span>
      {/* Where the hand is already, the harmless choice. */}
      <Button small ref={focusOnMount} onClick={() => setAsked(false)}>
        {i18n.t('action.cancel')}
      </Button>
      <Button small look="danger" icon={Trash} onClick={onRemove}>
        {i18n.t('options.sources.remove')}
      </Button>
    </div>
  );
}
