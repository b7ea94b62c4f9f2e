import { useRef, useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { ConnectorDescription, SettingField as Field, Source } from '../../utils/contract/source.ts';
import { failureOf } from '../../utils/queries/unwrap.ts';
import { Button } from '../ui/button.tsx';
import { drawAndFocus } from '../ui/focus.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { failureText } from './channel-words.ts';
import { CopyLine } from './copy-line.tsx';
import { SettingField } from './setting-field.tsx';
import { draftOf, fieldErrors, missingFields, settingsOf, type SourceDraft } from './source-draft.ts';
import styles from './source-form.module.css';

interface Props {
  connector: ConnectorDescription;
  /** Absent: it is a new one. */
  source?: Source;
  submit: string;
  onSubmit: (settings: SourceDraft) => Promise<unknown>;
}

/** What the hub must be told of a system. What is optional is folded away: few ever need it. */
export function SourceForm({ connector, source, submit, onSubmit }: Props) {
  const announce = useAnnounce();
  const form = useRef<HTMLFormElement>(null);
  const { fields, label, signIn, redirectUrl } = connector;
  const [draft, setDraft] = useState(() => draftOf(fields, source));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string>();
  const [more, setMore] = useState(false);
  const [busy, setBusy] = useState(false);
  const needed = fields.filter(({ required }) => required);
  const optional = fields.filter(({ required }) => !required);

  const fail = (text: string, wrong: Record<string, string>) => {
    drawAndFocus(
      () => {
        setFailure(text);
        setErrors(wrong);
        if (optional.some(({ name }) => name in wrong)) setMore(true);
      },
      () => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]'),
    );
    announce(text);
  };
  const send = async () => {
    const missing = missingFields(fields, draft, source);
    if (missing.length > 0) {
      const wrong = missing.map((name) => [name, i18n.t('options.sources.missing')] as const);
      return fail(i18n.t('options.sources.incomplete'), Object.fromEntries(wrong));
    }
    setBusy(true);
    try {
      await onSubmit(settingsOf(fields, draft, source));
      setErrors({});
      setFailure(undefined);
      // Secrets are not kept here either.
      setDraft((sent) => Object.fromEntries(fields.map((field) => [field.name, kept(field, sent)])));
    } catch (error) {
      const wrong = fieldErrors(failureOf(error)?.problem);
      // What stands at a field needs no second saying.
      const isShown = fields.some(({ name }) => name in wrong);
      fail(isShown ? i18n.t('options.sources.incomplete') : failureText(error), wrong);
    } finally {
      setBusy(false);
    }
  };

  const setting = (field: Field) => (
    <SettingField
      key={field.name}
      field={field}
      value={draft[field.name] ?? ''}
      isSet={source?.secrets.includes(field.name) ?? false}
      error={errors[field.name]}
      onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
    />
  );
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void send();
      }}
    >
      {signIn && <RedirectUrl label={label} url={redirectUrl} />}
      {needed.map(setting)}
      {optional.length > 0 && (
        <details className={styles.more} open={more} onToggle={(event) => setMore(event.currentTarget.open)}>
          <summary className={styles.summary}>{i18n.t('options.sources.more')}</summary>
          <div className={styles.form}>{optional.map(setting)}</div>
        </details>
      )}
      {failure !== undefined && <p className={styles.failure}>{failure}</p>}
      <div>
        <Button type="submit" look="primary" disabled={busy}>
          {busy ? i18n.t('options.sources.sending') : submit}
        </Button>
      </div>
    </form>
  );
}

const kept = ({ name, kind }: Field, draft: SourceDraft) => (kind === 'secret' ? '' : (draft[name] ?? ''));

/** A system lets administrators come back only to an address that was registered there. */
function RedirectUrl({ label, url }: { label: string; url: string | undefined }) {
  if (url === undefined) return <p className={styles.failure}>{i18n.t('options.sources.noAddress')}</p>;
  return <CopyLine label={i18n.t('options.sources.redirect', { label })} value={url} />;
}
