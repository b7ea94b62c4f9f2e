import { useEffect } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { Settings } from '../../utils/extension/messages.ts';
import { useFirstRun } from '../../utils/queries/use-first-run.ts';
import { useDigestLanguage } from '../../utils/queries/use-channels.ts';
import { useNotices } from '../../utils/queries/use-notices.ts';
import {
  openShortcuts,
  useDiagnostics,
  useNotificationsAllowed,
  useOptionsActions,
  useSettings,
  useShortcuts,
} from '../../utils/queries/use-options.ts';
import { useConnection, useOutbox } from '../../utils/queries/use-panel-data.ts';
import { useSiteReports, useSites } from '../../utils/queries/use-sites.ts';
import { useSessions, useTeamActions, useUsers } from '../../utils/queries/use-team.ts';
import { FirstRunBanner } from '../ui/first-run-banner.tsx';
import { Banner } from '../ui/banner.tsx';
import { CircleCheck } from '../ui/icons.ts';
import { Page } from '../ui/page.tsx';
import { ChannelsCard } from './channels-card.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { DeleteCard } from './delete-card.tsx';
import { DiagnosticsCard } from './diagnostics-card.tsx';
import { DigestCard } from './digest-card.tsx';
import { LanguageCard } from './language-card.tsx';
import { DockCard } from './dock-card.tsx';
import { MailboxesCard } from './mailboxes-card.tsx';
import { NeverCard } from './never-card.tsx';
import { NotificationsCard } from './notifications-card.tsx';
import { OptionsContents, type OptionsPart } from './options-contents.tsx';
import { PauseCard } from './pause-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { ShortcutsCard } from './shortcuts-card.tsx';
import { SitesCard } from './sites-card.tsx';
import { SourcesCard } from './sources-card.tsx';
import { SwitchCard } from './switch-card.tsx';
import styles from './options-page.module.css';
import { TeamCard } from './team-card.tsx';

/** The user's settings: the hub, the sites, the mailboxes, the never-list, what is noticed and shown, and what went wrong. */
export function OptionsPage() {
  useNotices();
  useEffect(() => {
    document.title = i18n.t('options.pageTitle');
  }, []);
  const connection = useConnection().data;
  const settings = useSettings().data;
  const firstRun = useFirstRun().data;
  const diagnostics = useDiagnostics().data;
  const { signIn, signOut, saveSettings, allowNotifications, deleteEverything } = useOptionsActions();
  const unsent = useOutbox().data?.entries.length;
  const { mutateAsync: followDigest } = useDigestLanguage();
  const sites = useSites().data;
  const reports = useSiteReports().data;
  const shortcuts = useShortcuts().data;
  const notificationsAllowed = useNotificationsAllowed().data ?? false;
  const me = connection?.me.user;
  const sessions = useSessions(me !== undefined).data;
  const users = useUsers(me?.role === 'admin').data;
  const team = useTeamActions();
  const loaded =
    connection !== undefined &&
    unsent !== undefined &&
    settings &&
    diagnostics &&
    sites &&
    reports &&
    firstRun;
  const change = (part: Partial<Settings>) =>
    settings ? saveSettings.mutateAsync({ ...settings, ...part }) : Promise.reject(new Error('not loaded'));
  return (
    <Page current="options" title={i18n.t('options.title')}>
      {deleteEverything.isSuccess && connection === null && (
        <div role="status" className={styles.deleted}>
          <Banner tone="good" icon={CircleCheck}>
            <p>{i18n.t('options.delete.deleted')}</p>
          </Banner>
        </div>
      )}
      {/* All answers come from this browser within milliseconds: better one paint than four that jump. */}
      {loaded && (
        <div data-connected={connection !== null}>
          {firstRun !== 'done' && (
            <div className={styles.unfinished}>
              <FirstRunBanner />
            </div>
          )}
          <OptionsContents
            parts={[
              'connection',
              'sites',
              'mailboxes',
              'never',
              'sentMail',
              'dock',
              'language',
              'notifications',
              ...when(connection !== null, 'digest'),
              'pause',
              ...when(shortcuts !== undefined, 'shortcuts'),
              ...when(me !== undefined, 'sessions'),
              ...when(me?.role === 'admin', 'sources', 'channels', 'team'),
              'diagnostics',
              'delete',
            ]}
          />
          <ConnectionCard
            connection={connection}
            onSignIn={signIn.mutateAsync}
            onSignOut={() => signOut.mutateAsync()}
          />
          <SitesCard
            sites={sites}
            onCore={(id, on) =>
              change({ sitesOff: [...settings.sitesOff.filter((off) => off !== id), ...(on ? [] : [id])] })
            }
          />
          <MailboxesCard
            domains={connection?.me.workspace.domains}
            mailboxes={settings.mailboxes}
            onChange={(mailboxes) => change({ mailboxes })}
          />
          <NeverCard never={settings.never} onChange={(never) => change({ never })} />
          <SwitchCard
            anchor="sentMail"
            title={i18n.t('options.sentMail.title')}
            text={i18n.t('options.sentMail.text')}
            label={i18n.t('options.sentMail.notice')}
            hint={i18n.t('options.sentMail.hint')}
            on={settings.noticeSentMail}
            onChange={(noticeSentMail) => change({ noticeSentMail })}
          />
          <DockCard settings={settings} onChange={change} />
          <LanguageCard
            language={settings.language}
            onChange={async (language) => {
              await change({ language });
              if (connection !== null) await followDigest(language);
            }}
          />
          <NotificationsCard
            notify={settings.notify}
            allowed={notificationsAllowed}
            onAllow={() => allowNotifications.mutateAsync()}
            onChange={(notify) => change({ notify })}
          />
          {connection !== null && <DigestCard />}
          <PauseCard pausedUntil={settings.pausedUntil} onChange={(pausedUntil) => change({ pausedUntil })} />
          {shortcuts && <ShortcutsCard shortcuts={shortcuts} onOpen={openShortcuts} />}
          {me && sessions && <SessionsCard sessions={sessions} onEnd={team.endSession.mutateAsync} />}
          {me?.role === 'admin' && <SourcesCard />}
          {me?.role === 'admin' && <ChannelsCard />}
          {me?.role === 'admin' && users && <TeamCard me={me} users={users} actions={team} />}
          <DiagnosticsCard diagnostics={diagnostics} reports={reports} sites={sites} />
          <DeleteCard unsent={unsent} onDelete={() => deleteEverything.mutateAsync()} />
        </div>
      )}
    </Page>
  );
}

const when = (shown: boolean, ...parts: OptionsPart[]) => (shown ? parts : []);
