import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { FeedbackState } from '../../../utils/contract/feedback.ts';
import { panelCommands } from '../../../utils/queries/panel-commands.ts';
import { useInbox, useInboxActions } from '../../../utils/queries/use-inbox.ts';
import { useAgreement, useConnection } from '../../../utils/queries/use-panel-data.ts';
import { failureOf } from '../../../utils/queries/unwrap.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureScreen } from '../../ui/failure-screen.tsx';
import { CloudOff, Inbox } from '../../ui/icons.ts';
import { messageName } from '../../ui/language.ts';
import { Screen } from '../../ui/screen.tsx';
import styles from './feedback-inbox.module.css';
import { InboxItem } from './inbox-item.tsx';
import { InboxSkeleton } from './inbox-skeleton.tsx';

/** What sales says, newest first, and the place to answer it. */
export function FeedbackInbox() {
  const [state, setState] = useState<FeedbackState>();
  const connection = useConnection();
  const inbox = useInbox(state);
  const agreementAnswer = useAgreement().data;
  const actions = useInboxActions();
  const agreement = agreementAnswer?.ok ? agreementAnswer.value : undefined;
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  const me = connection.data?.me.user;
  const failure = failureOf(inbox.error)?.kind ?? 'bug';

  return (
    <>
      <StateFilter chosen={state} onChoose={setState} />
      <div className={styles.inbox} data-state={inbox.status}>
        {content()}
      </div>
    </>
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
          <Screen icon={Inbox} title={i18n.t('inbox.empty.title')} heading="h2">
            {i18n.t(state ? 'inbox.emptyFilter' : 'inbox.empty.text')}
          </Screen>
        ) : (
          <ol className={styles.list}>
            {items.map((feedback) => (
              <InboxItem
                key={feedback.id}
                feedback={feedback}
                agreement={agreement}
                mayAct={me !== undefined && me.role !== 'rep'}
                actions={actions}
              />
            ))}
          </ol>
        )}
        {inbox.hasNextPage && (
          <div className={styles.next}>
            <Button disabled={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
              {i18n.t('inbox.loadMore')}
            </Button>
          </div>
        )}
      </>
    );
  }
}

const choices = [undefined, 'new', 'seen', 'answered', 'acted', 'withdrawn'] as const;

function StateFilter({
  chosen,
  onChoose,
}: {
  chosen: FeedbackState | undefined;
  onChoose: (state: FeedbackState | undefined) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.filter}>
      <legend className="visually-hidden">{i18n.t('inbox.filter')}</legend>
      {choices.map((state) => (
        <label key={state ?? 'all'} className={styles.choice}>
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={state === chosen}
            onChange={() => onChoose(state)}
          />
          {i18n.t(`inbox.${state ?? 'all'}`)}
        </label>
      ))}
    </fieldset>
  );
}
