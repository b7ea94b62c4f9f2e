import { type ReactNode, useEffect } from 'react';
import { i18n } from '#i18n';
import { useNotices } from '../../utils/queries/use-notices.ts';
import { Page } from '../ui/page.tsx';
import { type Address, type Part, useAddress } from './address.ts';
import { AgreementView } from './agreement/agreement-view.tsx';
import { ImportView } from './import/import-view.tsx';
import { FeedbackInbox } from './inbox/feedback-inbox.tsx';
import { ReportView } from './report/report-view.tsx';

interface View {
  pageTitle: () => string;
  title: () => string;
  subtitle: () => string;
  wide?: boolean;
  view: (address: Address) => ReactNode;
}

const views: Partial<Record<Part, View>> & { inbox: View } = {
  inbox: {
    pageTitle: () => i18n.t('inbox.pageTitle'),
    title: () => i18n.t('inbox.title'),
    subtitle: () => i18n.t('inbox.subtitle'),
    view: () => <FeedbackInbox />,
  },
  report: {
    pageTitle: () => i18n.t('report.pageTitle'),
    title: () => i18n.t('report.title'),
    subtitle: () => i18n.t('report.subtitle'),
    wide: true,
    view: (address) => <ReportView address={address} />,
  },
  agreement: {
    pageTitle: () => i18n.t('agreement.pageTitle'),
    title: () => i18n.t('agreement.title'),
    subtitle: () => i18n.t('agreement.subtitle'),
    view: () => <AgreementView />,
  },
  import: {
    pageTitle: () => i18n.t('import.pageTitle'),
    title: () => i18n.t('import.title'),
    subtitle: () => i18n.t('import.subtitle'),
    view: ({ path }) => <ImportView id={path[0] ?? null} />,
  },
};

/** The page both teams work on; the hash of its address says which part of it is shown. */
export function WorkspacePage() {
  useNotices();
  const address = useAddress();
  const { pageTitle, title, subtitle, wide, view } = views[address.part] ?? views.inbox;
  useEffect(() => {
    document.title = pageTitle();
  }, [pageTitle]);
  return (
    <Page current={address.part} title={title()} subtitle={subtitle()} wide={wide ?? false}>
      {view(address)}
    </Page>
  );
}
