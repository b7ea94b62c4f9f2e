import { i18n } from '../ui/i18n.ts';
import type { SiteReport, SiteState } from '../../utils/extension/site-state.ts';
import { Ago } from '../ui/ago.tsx';
import { messageName } from '../ui/language.ts';
import styles from './diagnostics-card.module.css';

interface Props {
  reports: readonly SiteReport[];
  sites: readonly SiteState[];
}

/** How reading each site went last: numbers, nobody's data. */
export function SiteReports({ reports, sites }: Props) {
  if (reports.length === 0) return <p>{i18n.t('options.diagnostics.noSites')}</p>;
  return (
    <ul className={styles.list}>
      {reports.map(({ site, at, view, people, readers, packVersion }) => (
        <li key={site} className={styles.entry}>
          <p className={styles.head}>
            <span>{sites.find(({ id }) => id === site)?.label ?? site}</span>
            <Ago at={at} />
          </p>
          <p>
            {view === null
              ? i18n.t('options.diagnostics.neverShown')
              : `${i18n.t(`options.diagnostics.view.${view}`)}: ${i18n.t('options.diagnostics.people', people)}`}
          </p>
          {readers.map(({ role, won, disagreed }) => (
            <p key={role}>
              {i18n.t('options.diagnostics.readers', {
                role: i18n.t(`role.${messageName(role)}`),
                counts: won.join(' / '),
                disagreed: String(disagreed),
              })}
            </p>
          ))}
          {packVersion !== undefined && (
            <p>{i18n.t('options.diagnostics.pack', { version: String(packVersion) })}</p>
          )}
        </li>
      ))}
    </ul>
  );
}
