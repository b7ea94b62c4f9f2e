import type { ReactNode } from 'react';
import { i18n } from './i18n.ts';
import { mayImport } from '../../utils/domain/import-mapping.ts';
import { useConnection } from '../../utils/queries/use-panel-data.ts';
import type { Icon } from './icons.ts';
import {
  ChartNoAxesColumn,
  ClipboardList,
  Handshake,
  Inbox,
  Megaphone,
  Search,
  Settings,
  Upload,
} from './icons.ts';
import { LiveRegion } from './live-region.tsx';
import { Logo } from './logo.tsx';
import styles from './page.module.css';

type PageName = 'inbox' | 'campaigns' | 'report' | 'agreement' | 'agenda' | 'people' | 'import' | 'options';
const pages: { name: PageName; href: string; icon: Icon; label: () => string }[] = [
  { name: 'inbox', href: '/workspace.html#inbox', icon: Inbox, label: () => i18n.t('inbox.title') },
  {
    name: 'campaigns',
    href: '/workspace.html#campaigns',
    icon: Megaphone,
    label: () => i18n.t('campaigns.title'),
  },
  {
    name: 'report',
    href: '/workspace.html#report',
    icon: ChartNoAxesColumn,
    label: () => i18n.t('report.title'),
  },
  {
    name: 'agreement',
    href: '/workspace.html#agreement',
    icon: Handshake,
    label: () => i18n.t('agreement.title'),
  },
  {
    name: 'agenda',
    href: '/workspace.html#agenda',
    icon: ClipboardList,
    label: () => i18n.t('agenda.title'),
  },
  { name: 'people', href: '/workspace.html#people', icon: Search, label: () => i18n.t('people.title') },
  { name: 'import', href: '/workspace.html#import', icon: Upload, label: () => i18n.t('import.title') },
  { name: 'options', href: '/options.html', icon: Settings, label: () => i18n.t('options.title') },
];

interface Props {
  current: PageName;
  title: string;
  subtitle?: string;
  /** For tables and columns: as wide as the window is, within reason. */
  wide?: boolean;
  children: ReactNode;
}

/** The frame of the pages that have a tab of their own. */
export function Page({ current, title, subtitle, wide = false, children }: Props) {
  const role = useConnection().data?.me.user.role;
  const shown = pages.filter(({ name }) => name !== 'import' || (role !== undefined && mayImport(role)));
  return (
    <LiveRegion>
      <header className={styles.bar}>
        <span className={styles.name}>
          <Logo size={22} />
          {i18n.t('extension.name')}
        </span>
        <nav className={styles.nav} aria-label={i18n.t('extension.name')}>
          {shown.map(({ name, href, icon: Glyph, label }) => (
            <a
              key={name}
              href={href}
              className={styles.link}
              aria-current={name === current ? 'page' : undefined}
            >
              <Glyph size={15} aria-hidden />
              {label()}
            </a>
          ))}
        </nav>
      </header>
      <main className={styles.main} data-wide={wide}>
        <h1 className={styles.title}>{title}</h1>
        {subtitle && <p className={styles.subtitle}>{subtitle}</p>}
        {children}
      </main>
    </LiveRegion>
  );
}
