import { i18n } from '../ui/i18n.ts';
import type { Settings } from '../../utils/extension/messages.ts';
import { useNotices } from '../../utils/queries/use-notices.ts';
import { useDiagnostics, useOptionsActions, useSettings } from '../../utils/queries/use-options.ts';
import { useConnection } from '../../utils/queries/use-panel-data.ts';
import { useSiteReports, useSites } from '../../utils/queries/use-sites.ts';
import { useSessions, useTeamActions, useUsers } from '../../utils/queries/use-team.ts';
import { Page } from '../ui/page.tsx';
import { ChannelsCard } from './channels-card.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { DiagnosticsCard } from './diagnostics-card.tsx';
import { DigestCard } from './digest-card.tsx';
import { MailboxesCard } from './mailboxes-card.tsx';
import { NeverCard } from './never-card.tsx';
import { PauseCard } from './pause-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { SitesCard } from './sites-card.tsx';
import { SourcesCard } from './sources-card.tsx';
import { SwitchCard } from './switch-card.tsx';
import { TeamCard } from './team-card.tsx';

/** The user's settings: the hub, the sites, the mailboxes, the never-list, what is noticed and shown, and what went wrong. */
export function OptionsPage() {
  useNotices();
  const connection = useConnection().data;
  const settings = useSettings().data;
  const diagnostics = useDiagnostics().data;
  const { signIn, signOut, saveSettings } = useOptionsActions();
  const sites = useSites().data;
  const reports = useSiteReports().data;
  const me = connection?.me.user;
  const sessions = useSessions(me !== undefined).data;
  const users = useUsers(me?.role === 'admin').data;
  const team = useTeamActions();
  const loaded = connection !== undefined && settings && diagnostics && sites && reports;
  const change = (part: Partial<Settings>) =>
    settings ? saveSettings.mutateAsync({ ...settings, ...part }) : Promise.reject(new Error('not loaded'));
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
            title={i18n.t('options.badges.title')}
            text={i18n.t('options.badges.text')}
            label={i18n.t('options.badges.show')}
            hint={i18n.t('options.badges.hint')}
            on={settings.badges}
            onChange={(badges) => change({ badges })}
          />
          <SwitchCard
            title={i18n.t('options.sidePanel.title')}
            text={i18n.t('options.sidePanel.text')}
            label={i18n.t('options.sidePanel.use')}
            hint={i18n.t('options.sidePanel.hint')}
            on={settings.sidePanel}
            onChange={(sidePanel) => change({ sidePanel })}
          />
          <SwitchCard
            title={i18n.t('options.sentMail.title')}
            text={i18n.t('options.sentMail.text')}
            label={i18n.t('options.sentMail.notice')}
            hint={i18n.t('options.sentMail.hint')}
            on={settings.noticeSentMail}
            onChange={(noticeSentMail) => change({ noticeSentMail })}
          />
          {connection !== null && <DigestCard />}
          {me?.role === 'admin' && <SourcesCard />}
          {me?.role === 'admin' && <ChannelsCard />}
          <PauseCard pausedUntil={settings.pausedUntil} onChange={(pausedUntil) => change({ pausedUntil })} />
          {me && sessions && <SessionsCard sessions={sessions} onEnd={team.endSession.mutateAsync} />}
          {me?.role === 'admin' && users && <TeamCard me={me} users={users} actions={team} />}
          <DiagnosticsCard diagnostics={diagnostics} reports={reports} sites={sites} />
        </div>
      )}
    </Page>
  );
}
