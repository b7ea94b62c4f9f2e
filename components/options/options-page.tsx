import { i18n } from '#i18n';
import { useNotices } from '../../utils/queries/use-notices.ts';
import { useDiagnostics, useOptionsActions, useSettings } from '../../utils/queries/use-options.ts';
import { useConnection } from '../../utils/queries/use-panel-data.ts';
import { Page } from '../ui/page.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { DiagnosticsCard } from './diagnostics-card.tsx';
import { MailboxesCard } from './mailboxes-card.tsx';
import { NeverCard } from './never-card.tsx';
import { SentMailCard } from './sent-mail-card.tsx';

/** The user's settings: the hub, the mailboxes, the never-list, sent mails, and what went wrong. */
export function OptionsPage() {
  useNotices();
  const connection = useConnection().data;
  const settings = useSettings().data;
  const diagnostics = useDiagnostics().data;
  const { signIn, signOut, saveSettings } = useOptionsActions();
  const loaded = connection !== undefined && settings !== undefined && diagnostics !== undefined;
  return (
    <Page current="options" title={i18n.t('options.title')}>
      {/* All answers come from this browser within milliseconds: better one paint than four that jump. */}
      {loaded && (
        <div data-connected={connection !== null}>
          <ConnectionCard
            connection={connection}
            onSignIn={signIn.mutateAsync}
            onSignOut={() => signOut.mutateAsync()}
          />
          <MailboxesCard
            domains={connection?.me.workspace.domains}
            mailboxes={settings.mailboxes}
            onChange={(mailboxes) => saveSettings.mutateAsync({ ...settings, mailboxes })}
          />
          <NeverCard
            never={settings.never}
            onChange={(never) => saveSettings.mutateAsync({ ...settings, never })}
          />
          <SentMailCard
            noticed={settings.noticeSentMail}
            onChange={(noticeSentMail) => saveSettings.mutateAsync({ ...settings, noticeSentMail })}
          />
          <DiagnosticsCard diagnostics={diagnostics} />
        </div>
      )}
    </Page>
  );
}
