import { useEffect, useSyncExternalStore } from 'react';
import { i18n } from '#i18n';
import { useNotices } from '../../utils/queries/use-notices.ts';
import { Page } from '../ui/page.tsx';
import { AgreementView } from './agreement-view.tsx';
import { FeedbackInbox } from './feedback-inbox.tsx';
import { ImportView } from './import-view.tsx';

const subscribe = (changed: () => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};

/** The page both teams work on; the hash of its address says which part of it is shown. */
export function WorkspacePage() {
  useNotices();
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const { pageTitle, title, subtitle, current, view } = partOf(hash);
  useEffect(() => {
    document.title = pageTitle;
  }, [pageTitle]);
  return (
    <Page current={current} title={title} subtitle={subtitle}>
      {view}
    </Page>
  );
}

function partOf(hash: string) {
  if (hash.startsWith('#agreement')) return agreement();
  return hash.startsWith('#import') ? imports(hash.split('/')[1] ?? null) : inbox();
}

const inbox = () => ({
  current: 'inbox' as const,
  pageTitle: i18n.t('inbox.pageTitle'),
  title: i18n.t('inbox.title'),
  subtitle: i18n.t('inbox.subtitle'),
  view: <FeedbackInbox />,
});

const agreement = () => ({
  current: 'agreement' as const,
  pageTitle: i18n.t('agreement.pageTitle'),
  title: i18n.t('agreement.title'),
  subtitle: i18n.t('agreement.subtitle'),
  view: <AgreementView />,
});

const imports = (id: string | null) => ({
  current: 'import' as const,
  pageTitle: i18n.t('import.pageTitle'),
  title: i18n.t('import.title'),
  subtitle: i18n.t('import.subtitle'),
  view: <ImportView id={id} />,
});
