import { useMemo, useRef } from 'react';
import { i18n } from '../../ui/i18n.ts';
import { answersFeedback } from '../../../utils/domain/answers-feedback.ts';
import { distinctPages } from '../../../utils/domain/inbox-pages.ts';
import { panelCommands } from '../../../utils/queries/panel-commands.ts';
import { failureOf } from '../../../utils/queries/unwrap.ts';
import { useFeedbackGroups, useInbox } from '../../../utils/queries/use-inbox.ts';
import { useInboxActions } from '../../../utils/queries/use-inbox-actions.ts';
import { useAgreement, useConnection } from '../../../utils/queries/use-panel-data.ts';
import { Banner } from '../../ui/banner.tsx';
import { FailureScreen } from '../../ui/failure-screen.tsx';
import { CloudOff, Heart, Inbox } from '../../ui/icons.ts';
import { messageName } from '../../ui/language.ts';
import { Screen } from '../../ui/screen.tsx';
import { type Address, setQuery } from '../address.ts';
import styles from './feedback-inbox.module.css';
import { groupQuery, type InboxFilter, listQuery, parseFilter, writeFilter } from './inbox-filter.ts';
import { InboxGroups } from './inbox-groups.tsx';
import { InboxList } from './inbox-list.tsx';
import { InboxSettings } from './inbox-settings.tsx';
import { InboxSkeleton } from './inbox-skeleton.tsx';
import { InboxTabs } from './inbox-tabs.tsx';

/** What sales says, and the place to answer it. Its address says what is shown. */
export function FeedbackInbox({ address }: { address: Address }) {
  const search = address.query.toString();
  const filter = useMemo(() => parseFilter(new URLSearchParams(search)), [search]);
  const asked = useMemo(() => listQuery(filter), [filter]);
  const shownRef = useRef<readonly number[]>([0]);
  const connection = useConnection();
  const inbox = useInbox(asked, shownRef);
  const { data: groups, isPending: groupsPending } = useFeedbackGroups(groupQuery(filter));
  const agreementAnswer = useAgreement().data;
  const actions = useInboxActions();
  const agreement = agreementAnswer?.ok ? agreementAnswer.value : undefined;
  const pages = inbox.data?.pages;
  const distinct = useMemo(() => distinctPages(pages ?? []), [pages]);
  const items = useMemo(() => distinct.flat(), [distinct]);
  const pageSizes = useMemo(() => distinct.map(({ length }) => length), [distinct]);
  const me = connection.data?.me.user;
  const mayAct = me !== undefined && answersFeedback(me);
  const failure = failureOf(inbox.error)?.kind ?? 'bug';
  const change = (next: Partial<InboxFilter>) => setQuery(address, writeFilter({ ...filter, ...next }));

  return (
    <div className={styles.page}>
      <InboxTabs filter={filter} totals={groups?.totals} />
      <div className={styles.columns}>
        <div className={styles.side}>
          <InboxGroups filter={filter} groups={groups} agreement={agreement} />
          {/* Below a list of unknown length: once it is there, so that nothing moves. */}
          {!groupsPending && <InboxSettings filter={filter} onChange={change} />}
        </div>
        <div className={styles.inbox} data-state={inbox.status}>
          {content()}
        </div>
      </div>
    </div>
  );

  function content() {
    if (inbox.isPending) return <InboxSkeleton />;
    if (connection.data === null || (inbox.isError && (!inbox.data || failure === 'signed-out'))) {
      return (
        <FailureScreen
          kind={connection.data === null ? 'signed-out' : failure}
          onRetry={() => void inbox.refetch()}
          onOpenOptions={() => void panelCommands.openOptions()}
          heading="h2"
        />
      );
    }
    return (
      <>
        {inbox.isError && (
          <Banner tone="warn" icon={CloudOff}>
            {i18n.t(`failure.${messageName(failure)}.title`)}
          </Banner>
        )}
        {items.length === 0 ? (
          <Screen
            icon={filter.tab === 'praise' ? Heart : Inbox}
            title={i18n.t(isNarrowed(filter) ? 'inbox.emptyFilter' : 'inbox.empty.title')}
            heading="h2"
          >
            {i18n.t(isNarrowed(filter) ? 'inbox.emptyFilterText' : `inbox.empty.${filter.tab}`)}
          </Screen>
        ) : (
          <InboxList
            key={search}
            items={items}
            pageSizes={pageSizes}
            shownRef={shownRef}
            hasMore={inbox.hasNextPage}
            onMore={() => void (inbox.isFetchingNextPage || inbox.fetchNextPage())}
            agreement={agreement}
            mayAct={mayAct}
            actions={actions}
          />
        )}
      </>
    );
  }
}

const isNarrowed = ({ campaignId, reason, about }: InboxFilter) =>
  campaignId !== undefined || reason !== undefined || about !== undefined;
