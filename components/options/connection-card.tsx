import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Failure } from '../../utils/extension/failure.ts';
import type { Connection, RequestOf, ResponseOf } from '../../utils/extension/messages.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { TextField } from '../ui/text-field.tsx';
import { UserName } from '../ui/user-text.tsx';
import styles from './connection-card.module.css';

interface Props {
  connection: Connection | null;
  onSignIn: (request: RequestOf<'connection.sign-in'>) => Promise<ResponseOf<'connection.sign-in'>>;
  onSignOut: () => Promise<unknown>;
}

/** Which hub, and as whom. */
export function ConnectionCard({ connection, onSignIn, onSignOut }: Props) {
  return (
    <Card
      anchor="connection"
      title={i18n.t('options.connection.title')}
      text={i18n.t('options.connection.text')}
    >
      {connection ? (
        <SignedIn connection={connection} onSignOut={onSignOut} />
      ) : (
        <SignInForm onSignIn={onSignIn} />
      )}
    </Card>
  );
}

function SignedIn({ connection, onSignOut }: { connection: Connection; onSignOut: Props['onSignOut'] }) {
  const announce = useAnnounce();
  const { user, workspace } = connection.me;
  const rows = [
    [
      i18n.t('options.connection.signedInAs'),
      `${user.name} (${i18n.t(`options.connection.role.${user.role}`)})`,
    ],
    [i18n.t('options.connection.workspace'), workspace.name],
    [i18n.t('options.connection.hub'), connection.hubUrl],
  ] as const;
  return (
    <>
      <dl className={styles.facts}>
        {rows.map(([label, value]) => (
          <div key={label} className={styles.fact}>
            <dt>{label}</dt>
            <dd>
              <UserName text={value} lines={2} />
            </dd>
          </div>
        ))}
      </dl>
      <div>
        <Button onClick={() => void onSignOut().then(() => announce(i18n.t('options.connection.signedOut')))}>
          {i18n.t('options.connection.signOut')}
        </Button>
      </div>
    </>
  );
}

function SignInForm({ onSignIn }: Pick<Props, 'onSignIn'>) {
  const announce = useAnnounce();
  const [hubUrl, setHubUrl] = useState('');
  const [code, setCode] = useState('');
  const [connecting, setConnecting] = useState(false);
  const [error, setError] = useState<{ field: 'hubUrl' | 'code'; text: string }>();
  const fail = (field: 'hubUrl' | 'code', text: string) => {
    setError({ field, text });
    announce(text);
  };
  const connect = async () => {
    const address = URL.parse(hubUrl.trim());
    if (!address || !['https:', 'http:'].includes(address.protocol)) {
      fail('hubUrl', i18n.t('options.connection.badUrl'));
      return;
    }
    setError(undefined);
    setConnecting(true);
    try {
      const typed = code.trim();
      const answer = await onSignIn({ hubUrl: address.origin, ...(typed !== '' && { code: typed }) });
      if (answer.ok) announce(i18n.t('options.connection.connected'));
      else fail(...explain(answer.error.kind, typed !== ''));
    } catch {
      fail('hubUrl', i18n.t('options.connection.failed'));
    } finally {
      setConnecting(false);
    }
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!connecting) void connect();
      }}
    >
      <TextField
        label={i18n.t('options.connection.hubUrl')}
        hint={i18n.t('options.connection.hubUrlHint')}
        error={error?.field === 'hubUrl' ? error.text : undefined}
        name="hubUrl"
        type="url"
        inputMode="url"
        autoComplete="url"
        spellCheck={false}
        required
        value={hubUrl}
        onChange={(event) => setHubUrl(event.target.value)}
      />
      <TextField
        label={i18n.t('options.connection.code')}
        hint={i18n.t('options.connection.codeHint')}
        error={error?.field === 'code' ? error.text : undefined}
        name="code"
        autoComplete="one-time-code"
        spellCheck={false}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" look="primary" disabled={connecting}>
        {i18n.t(connecting ? 'options.connection.connecting' : 'options.connection.connect')}
      </Button>
    </form>
  );
}

/** Which field to mend, and how. */
function explain(kind: Failure['kind'], byCode: boolean): ['hubUrl' | 'code', string] {
  if (kind === 'signed-out' && !byCode) return ['hubUrl', i18n.t('options.connection.notSignedIn')];
  switch (kind) {
    case 'signed-out':
    case 'forbidden':
    case 'invalid':
    case 'conflict':
      return ['code', i18n.t('options.connection.wrongCode')];
    case 'offline':
      return ['hubUrl', i18n.t('options.connection.unreachable')];
    case 'not-found':
    case 'hub-too-old':
      return ['hubUrl', i18n.t('options.connection.notAHub')];
    case 'too-many-requests':
      return ['code', i18n.t('options.connection.busy')];
    case 'hub-error':
      return ['hubUrl', i18n.t('options.connection.failed')];
  }
}
