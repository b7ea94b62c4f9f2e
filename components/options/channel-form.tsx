import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { ChannelKind, EventKind } from '../../utils/contract/channel.ts';
import type { ChannelActions } from '../../utils/queries/use-channels.ts';
import { Button } from '../ui/button.tsx';
import { language } from '../ui/language.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { eventName, failureText } from './channel-words.ts';
import styles from './channels-card.module.css';

// Not the schemas' own lists: with them zod would come along.
const KINDS = ['slack', 'teams', 'webhook'] as const satisfies readonly ChannelKind[];
const EVENTS = [
  'feedback.created',
  'feedback.answered',
  'feedback.acted',
  'hand_over.created',
  'hand_over.breached',
  'stage.changed',
  'agreement.proposed',
  'agreement.in_force',
  'agreement.ending',
  'digest.sales',
  'digest.marketing',
] as const satisfies readonly EventKind[];
const isKind = (text: string): text is ChannelKind => KINDS.some((kind) => kind === text);

/** Adds a channel, and shows its secret this once. */
export function ChannelForm({ onAdd }: { onAdd: ChannelActions['add']['mutateAsync'] }) {
  const announce = useAnnounce();
  const [kind, setKind] = useState<ChannelKind>('slack');
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly EventKind[]>(['feedback.created', 'hand_over.breached']);
  const [error, setError] = useState<string>();
  const [made, setMade] = useState<{ name: string; secret: string }>();
  const fail = (text: string) => {
    setError(text);
    announce(text);
  };
  const add = async () => {
    if (name.trim() === '' || URL.parse(url.trim()) === null || events.length === 0) {
      return fail(i18n.t('options.channels.incomplete'));
    }
    try {
      const body = { kind, name: name.trim(), url: url.trim(), events: [...events], language: language() };
      const { channel, secret } = await onAdd(body);
      setMade(secret === null ? undefined : { name: channel.name, secret });
      setName('');
      setUrl('');
      setError(undefined);
      announce(i18n.t('options.channels.added'));
    } catch (problem) {
      fail(failureText(problem));
    }
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <h3 className={styles.title}>{i18n.t('options.channels.new')}</h3>
      <SelectField
        label={i18n.t('options.channels.kindLabel')}
        value={kind}
        onChange={({ target }) => isKind(target.value) && setKind(target.value)}
      >
        {KINDS.map((each) => (
          <option key={each} value={each}>
            {i18n.t(`options.channels.kind.${each}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={i18n.t('options.channels.name')}
        placeholder={i18n.t('options.channels.namePlaceholder')}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <TextField
        label={i18n.t('options.channels.address')}
        hint={i18n.t('options.channels.addressHint')}
        error={error}
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        value={url}
        onChange={({ target }) => setUrl(target.value)}
      />
      <fieldset className={styles.events}>
        <legend>{i18n.t('options.channels.events')}</legend>
        {EVENTS.map((each) => (
          <label key={each} className={styles.choice}>
            <input
              type="checkbox"
              className={styles.box}
              checked={events.includes(each)}
              onChange={({ target }) =>
                setEvents(target.checked ? [...events, each] : events.filter((other) => other !== each))
              }
            />
            {eventName(each)}
          </label>
        ))}
      </fieldset>
      <div>
        <Button type="submit">{i18n.t('options.channels.add')}</Button>
      </div>
      {made && (
        <p>
          {i18n.t('options.channels.secret', { name: made.name })}{' '}
          <code className={styles.secret}>{made.secret}</code>
        </p>
      )}
    </form>
  );
}
