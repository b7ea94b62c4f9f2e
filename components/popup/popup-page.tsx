import { i18n } from '../ui/i18n.ts';
import { panelCommands } from '../../utils/queries/panel-commands.ts';
import { useFirstRun } from '../../utils/queries/use-first-run.ts';
import { useNotices } from '../../utils/queries/use-notices.ts';
import { useOptionsActions, useSettings } from '../../utils/queries/use-options.ts';
import { useHere, useSites } from '../../utils/queries/use-sites.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { FirstRunBanner } from '../ui/first-run-banner.tsx';
import { CircleAlert, Inbox, Settings } from '../ui/icons.ts';
import { LiveRegion } from '../ui/live-region.tsx';
import { Logo } from '../ui/logo.tsx';
import { HereStatus } from './here-status.tsx';
import { PauseButton } from '../ui/pause-button.tsx';
import { PeopleHere } from './people-here.tsx';
import { PlansAsked } from './plans-asked.tsx';
import styles from './popup-page.module.css';
import { SwitchOffButton } from './switch-off-button.tsx';
import { SwitchOnForm } from './switch-on-form.tsx';

/** The toolbar's popup: where the user is, whether Tandem works there and why not, and who is on the page. */
export function PopupPage() {
  useNotices();
  const here = useHere();
  const sites = useSites().data;
  const settings = useSettings().data;
  const firstRun = useFirstRun().data;
  const { saveSettings } = useOptionsActions();
  const site = sites?.find(({ id }) => id === here.data?.site);
  const loaded = here.data && sites && settings && firstRun;
  return (
    <LiveRegion>
      <div className={styles.popup} data-state={here.data?.state ?? (here.isError ? 'bug' : undefined)}>
        <header className={styles.header}>
          <h1 className={styles.name}>
            <Logo />
            {i18n.t('extension.name')}
          </h1>
          {here.data?.host && <p className={styles.host}>{i18n.t('popup.here', { host: here.data.host })}</p>}
        </header>
        <main className={styles.main}>
          {here.isError && (
            <Banner tone="bad" icon={CircleAlert}>
              {i18n.t('popup.failed')}
            </Banner>
          )}
          {loaded && (
            <>
              {firstRun !== 'done' && <FirstRunBanner />}
              <HereStatus
                here={here.data}
                label={site?.label ?? ''}
                settings={settings}
                onSave={(change) => void saveSettings.mutateAsync({ ...settings, ...change })}
              />
              {here.data.state === 'not-on' && <SwitchOnForm here={here.data} sites={sites} />}
              {here.data.state === 'works' && <PeopleHere here={here.data} sidePanel={settings.sidePanel} />}
              <PlansAsked />
            </>
          )}
        </main>
        {loaded && (
          <footer className={styles.footer}>
            <PauseButton
              pausedUntil={settings.pausedUntil}
              onChange={(pausedUntil) => saveSettings.mutateAsync({ ...settings, pausedUntil })}
            />
            {site && here.data.state !== 'not-on' && here.data.state !== 'switched-off' && (
              <SwitchOffButton
                here={here.data}
                label={site.label}
                onSwitchOffCore={() =>
                  saveSettings.mutateAsync({ ...settings, sitesOff: [...settings.sitesOff, site.id] })
                }
              />
            )}
            <a className={styles.link} href="/workspace.html#inbox" target="_blank" rel="noreferrer">
              <Inbox size={15} aria-hidden />
              {i18n.t('inbox.title')}
            </a>
            <Button look="quiet" icon={Settings} small onClick={() => void panelCommands.openOptions()}>
              {i18n.t('action.settings')}
            </Button>
          </footer>
        )}
      </div>
    </LiveRegion>
  );
}
