import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Channel, Delivery } from '../../utils/contract/channel.ts';
import { type ChannelActions, useChannelActions, useChannels } from '../../utils/queries/use-channels.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { RefreshCw, Trash } from '../ui/icons.ts';
import { localText } from '../ui/language.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { UserName } from '../ui/user-text.tsx';
import { eventName, failureText } from './channel-words.ts';
import { ChannelForm } from './channel-form.tsx';
import styles from './channels-card.module.css';

/** Other systems that the hub tells of events: for administrators. */
export function ChannelsCard() {
  const announce = useAnnounce();
  const { data, isError } = useChannels();
  const actions = useChannelActions();
  const fail = (error: unknown) => announce(failureText(error));
  return (
    <Card anchor="channels" title={i18n.t('options.channels.title')} text={i18n.t('options.channels.text')}>
      {isError && !data && <p>{i18n.t('options.channels.unavailable')}</p>}
      {data && (
        <>
          {data.channels.length === 0 ? (
            <p className={styles.quiet}>{i18n.t('options.channels.empty')}</p>
          ) : (
            <ul className={styles.list}>
              {data.channels.map((channel) => (
                <ChannelEntry key={channel.id} channel={channel} actions={actions} onFailure={fail} />
              ))}
            </ul>
          )}
          <DeadLetters dead={data.dead} actions={actions} onFailure={fail} />
          <ChannelForm onAdd={actions.add.mutateAsync} />
        </>
      )}
    </Card>
  );
}

interface Acting {
  actions: ChannelActions;
  onFailure: (error: unknown) => void;
}

function ChannelEntry({ channel, actions, onFailure }: Acting & { channel: Channel }) {
  const announce = useAnnounce();
  const [result, setResult] = useState<string>();
  const [testing, setTesting] = useState(false);
  const { id, name, kind, host, events, enabled, problem } = channel;
  const test = async () => {
    setTesting(true);
    const said = await actions.tryOut.mutateAsync(id).then(({ words }) => localText(words), failureText);
    setTesting(false);
    setResult(said);
    announce(said);
  };
  const remove = () =>
    actions.remove.mutateAsync(id).then(() => announce(i18n.t('options.channels.removed')), onFailure);
  return (
    <li className={styles.entry}>
      <div className={styles.head}>
        <label className={styles.choice}>
          <input
            type="checkbox"
            className={styles.box}
            checked={enabled}
            onChange={({ target }) =>
              void actions.change.mutateAsync({ id, enabled: target.checked }).catch(onFailure)
            }
          />
          <UserName text={i18n.t('options.channels.on', { name })} />
        </label>
        <Button small disabled={testing} onClick={() => void test()}>
          {i18n.t(testing ? 'options.channels.testing' : 'options.channels.test')}
        </Button>
        <IconButton
          icon={Trash}
          label={i18n.t('options.channels.remove', { name })}
          onClick={() => void remove()}
        />
      </div>
      <p className={styles.quiet}>
        {[i18n.t(`options.channels.kind.${kind}`), host, ...events.map(eventName)].join(' · ')}
      </p>
      {problem && <p className={styles.problem}>{localText(problem)}</p>}
      {result !== undefined && <p>{result}</p>}
    </li>
  );
}

function DeadLetters({ dead, actions, onFailure }: Acting & { dead: readonly Delivery[] }) {
  const announce = useAnnounce();
  if (dead.length === 0) return null;
  const retry = (id: string) =>
    actions.retry.mutateAsync(id).then(() => announce(i18n.t('options.channels.retried')), onFailure);
  return (
    <div className={styles.dead}>
      <h3 className={styles.title}>{i18n.t('options.channels.dead')}</h3>
      <p className={styles.quiet}>{i18n.t('options.channels.deadText')}</p>
      <ul className={styles.list}>
        {dead.map(({ id, kind, channel: { name }, attempts, lastAttempt }) => (
          <li key={id} className={styles.entry}>
            <div className={styles.head}>
              <span className={styles.choice}>
                <UserName text={`${eventName(kind)} · ${name}`} />
              </span>
              <Button
                small
                icon={RefreshCw}
                aria-label={i18n.t('options.channels.retryOf', { event: eventName(kind), name })}
                onClick={() => void retry(id)}
              >
                {i18n.t('options.channels.retry')}
              </Button>
            </div>
            <p className={styles.quiet}>
              {[i18n.t('options.channels.attempts', attempts), lastAttempt && localText(lastAttempt.words)]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
