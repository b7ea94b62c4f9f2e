import { type ReactNode, useEffect } from 'react';
import { i18n } from '../ui/i18n.ts';
import { useNotices } from '../../utils/queries/use-notices.ts';
import { Page } from '../ui/page.tsx';
import { type Address, type Part, useAddress } from './address.ts';
import { AgendaView } from './agenda/agenda-view.tsx';
import { AgreementView } from './agreement/agreement-view.tsx';
import { RenewalBanner } from './agreement/renewal-banner.tsx';
import { CampaignsView } from './campaigns/campaigns-view.tsx';
import { ImportView } from './import/import-view.tsx';
import { FeedbackInbox } from './inbox/feedback-inbox.tsx';
import { PeopleView } from './people/people-view.tsx';
import { ReportView } from './report/report-view.tsx';

interface View {
  pageTitle: () => string;
  title: () => string;
  subtitle: () => string;
  wide?: boolean;
  view: (address: Address) => ReactNode;
}

const views: Record<Part, View> = {
  inbox: {
    pageTitle: () => i18n.t('inbox.pageTitle'),
    title: () => i18n.t('inbox.title'),
    subtitle: () => i18n.t('inbox.subtitle'),
    wide: true,
    view: (address) => <FeedbackInbox address={address} />,
  },
  campaigns: {
    pageTitle: () => i18n.t('campaigns.pageTitle'),
    title: () => i18n.t('campaigns.title'),
    subtitle: () => i18n.t('campaigns.subtitle'),
    wide: true,
    view: (address) => <CampaignsView address={address} />,
  },
  people: {
    pageTitle: () => i18n.t('people.pageTitle'),
    title: () => i18n.t('people.title'),
    subtitle: () => i18n.t('people.subtitle'),
    wide: true,
    view: (address) => <PeopleView address={address} />,
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
  agenda: {
    pageTitle: () => i18n.t('agenda.pageTitle'),
    title: () => i18n.t('agenda.title'),
    subtitle: () => i18n.t('agenda.subtitle'),
    view: ({ path }) => <AgendaView id={path[0] ?? null} />,
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
  const { pageTitle, title, subtitle, wide = false, view } = views[address.part];
  useEffect(() => {
    document.title = pageTitle();
  }, [pageTitle]);
  return (
    <Page current={address.part} title={title()} subtitle={subtitle()} wide={wide}>
      {address.part !== 'agreement' && <RenewalBanner />}
      {view(address)}
    </Page>
  );
}
