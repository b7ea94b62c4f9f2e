import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import type { Icon } from './icons.ts';
import { Inbox, Settings } from './icons.ts';
import { LiveRegion } from './live-region.tsx';
import { Logo } from './logo.tsx';
import styles from './page.module.css';

const pages: { name: 'workspace' | 'options'; icon: Icon; label: () => string }[] = [
  { name: 'workspace', icon: Inbox, label: () => i18n.t('inbox.title') },
  { name: 'options', icon: Settings, label: () => i18n.t('options.title') },
];

interface Props {
  current: 'workspace' | 'options';
  title: string;
  subtitle?: string;
  children: ReactNode;
}

/** The frame of the pages that have a tab of their own. */
export function Page({ current, title, subtitle, children }: Props) {
  return (
    <LiveRegion>
      <header className={styles.bar}>
        <span className={styles.name}>
          <Logo size={22} />
          {i18n.t('extension.name')}
        </span>
        <nav className={styles.nav} aria-label={i18n.t('extension.name')}>
          {pages.map(({ name, icon: Glyph, label }) => (
            <a
              key={name}
              href={`/${name}.html`}
              className={styles.link}
              aria-current={name === current ? 'page' : undefined}
            >
              <Glyph size={15} aria-hidden />
              {label()}
            </a>
          ))}
        </nav>
      </header>
      <main className={styles.main}>
        <h1 className={styles.title}>{title}</h1>
        {subtitle && <p className={styles.subtitle}>{subtitle}</p>}
        {children}
      </main>
    </LiveRegion>
  );
}
