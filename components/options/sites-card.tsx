import { i18n } from '../ui/i18n.ts';
import type { SiteState } from '../../utils/extension/site-state.ts';
import { siteCommands } from '../../utils/queries/site-commands.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Trash } from '../ui/icons.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { UserName } from '../ui/user-text.tsx';
import { OwnAddressForm } from './own-address-form.tsx';
import styles from './sites-card.module.css';

interface Props {
  sites: readonly SiteState[];
  /** Switches a site that came with the extension on or off. */
  onCore: (id: string, on: boolean) => Promise<unknown>;
}

/** Where Tandem may read pages. */
export function SitesCard({ sites, onCore }: Props) {
  const announce = useAnnounce();
  const failed = () => announce(i18n.t('options.notSaved'));
  return (
    <Card title={i18n.t('options.sites.title')} text={i18n.t('options.sites.text')} anchor="sites">
      <ul className={styles.list}>
        {sites.map((site) => (
          <li key={site.id} className={styles.site} data-site={site.id}>
            <Site site={site} onCore={(on) => void onCore(site.id, on).catch(failed)} onFailure={failed} />
          </li>
        ))}
      </ul>
      <OwnAddressForm sites={sites.filter(({ core }) => !core)} />
    </Card>
  );
}

interface SiteProps {
  site: SiteState;
  onCore: (on: boolean) => void;
  onFailure: () => void;
}

function Site({ site: { id, label, core, off, revoked, patterns, on }, onCore, onFailure }: SiteProps) {
  const announce = useAnnounce();
  const allow = () =>
    void siteCommands
      .allow(patterns)
      .then((granted) => announce(i18n.t(granted ? 'options.sites.added' : 'popup.refused')), onFailure);
  if (core && revoked) {
    return (
      <div className={styles.head}>
        <span className={styles.name}>{label}</span>
        <span className={styles.state}>{i18n.t('options.sites.notAllowed')}</span>
        <Button small onClick={allow}>
          {i18n.t('options.sites.allow', { site: label })}
        </Button>
      </div>
    );
  }
  if (core) {
    return (
      <label className={styles.core}>
        <input
          type="checkbox"
          className={styles.box}
          checked={!off}
          aria-label={i18n.t('options.sites.works', { site: label })}
          onChange={({ target }) => onCore(target.checked)}
        />
        <span className={styles.name}>{label}</span>
        <span className={styles.state}>{i18n.t(off ? 'options.sites.off' : 'options.sites.comesWith')}</span>
      </label>
    );
  }
  const switchOn = (origins: string[]) =>
    void siteCommands
      .switchOn(id, origins)
      .then((granted) => announce(i18n.t(granted ? 'options.sites.added' : 'popup.refused')), onFailure);
  const switchOff = (entry: string) =>
    void siteCommands.switchOff(entry).then(() => announce(i18n.t('options.sites.removed')), onFailure);
  const ownIsOn = on.some((entry) => entry.id === id);
  return (
    <>
      <div className={styles.head}>
        <span className={styles.name}>{label}</span>
        {on.length === 0 && <span className={styles.state}>{i18n.t('options.sites.off')}</span>}
        {patterns.length > 0 && !ownIsOn && (
          <Button
            small
            aria-label={i18n.t('options.sites.switchOn', { site: label })}
            onClick={() => switchOn(patterns)}
          >
            {i18n.t('options.sites.add')}
          </Button>
        )}
      </div>
      {on.map((entry) => (
        <div key={entry.id} className={styles.entry}>
          <span className={styles.hosts}>
            <UserName text={hostsOf(entry.patterns)} lines={3} />
          </span>
          {!entry.granted && (
            <>
              <span className={styles.state}>{i18n.t('options.sites.notAllowed')}</span>
              <Button small onClick={() => switchOn(entry.patterns)}>
                {i18n.t('options.sites.allow', { site: label })}
              </Button>
            </>
          )}
          <IconButton
            icon={Trash}
            label={i18n.t('options.sites.remove', { site: `${label}, ${hostsOf(entry.patterns)}` })}
            onClick={() => switchOff(entry.id)}
          />
        </div>
      ))}
    </>
  );
}

const hostsOf = (patterns: readonly string[]) =>
  patterns.map((pattern) => pattern.replace(/^https?:\/\//u, '').replace(/\/\*$/u, '')).join(', ');
