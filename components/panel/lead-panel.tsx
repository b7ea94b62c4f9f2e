import { useEffect, useLayoutEffect, useRef } from 'react';
import { i18n } from '../ui/i18n.ts';
import { panelCommands } from '../../utils/queries/panel-commands.ts';
import {
  useAgreement,
  useConnection,
  useLeadContext,
  useOutbox,
  useSession,
} from '../../utils/queries/use-panel-data.ts';
import { useSettings } from '../../utils/queries/use-options.ts';
import { FailureScreen } from '../ui/failure-screen.tsx';
import { CircleUser, Inbox } from '../ui/icons.ts';
import { LiveRegion } from '../ui/live-region.tsx';
import { Screen } from '../ui/screen.tsx';
import { CollapsedTab } from './collapsed-tab.tsx';
import { DraftWarnings } from './draft-warnings.tsx';
import { LeadChooser } from './lead-chooser.tsx';
import styles from './lead-panel.module.css';
import { LeadView } from './lead-view.tsx';
import { PanelSkeleton } from './panel-skeleton.tsx';
import { ResizeHandle } from './resize-handle.tsx';
import { StaleBanner } from './stale-banner.tsx';
import { TopBar } from './top-bar.tsx';
import { useHasRoom } from './use-has-room.ts';

interface Props {
  /** The tab it stands beside; absent where it is docked in one. */
  tabId?: number;
}

/** The panel of one tab, from "who is on the page" to "what is known about the one who is meant". */
export function LeadPanel({ tabId }: Props) {
  const session = useSession(tabId);
  const dock = tabId === undefined ? session.data?.dock : undefined;
  const leads = session.data?.leads ?? [];
  const lead = leads.find(({ key }) => key === session.data?.chosen);
  const context = useLeadContext(session.data?.tabId, lead);
  const me = useConnection().data?.me.user.id;
  // Asked for beside the context and not after it: what comes later moves what is there.
  useAgreement();
  useOutbox();
  const main = useFocusOnRequest(dock?.focusRequests);
  useDrawn(dock?.revision);
  const hasRoom = useHasRoom();
  useDensity();
  const side = dock?.side ?? 'right';
  const choose = (key: string) => session.data && void panelCommands.choose(key, session.data.tabId);

  if (dock?.collapsed || !hasRoom) {
    return (
      <CollapsedTab
        tabId={session.data?.tabId}
        side={side}
        leads={leads}
        lead={lead}
        context={context.data?.ok ? context.data.value.context : undefined}
        me={me}
        onExpand={() => void panelCommands.dock({ collapsed: false })}
      />
    );
  }
  const { state, personId, body } = view();
  return (
    <div className={styles.panel} data-state={state} data-person-id={personId}>
      <LiveRegion>
        <header className={styles.header}>
          {dock && (
            <ResizeHandle
              side={side}
              width={dock.width}
              onResize={(width) => void panelCommands.dock({ width })}
            />
          )}
          <TopBar
            side={side}
            onCollapse={dock && (() => void panelCommands.dock({ collapsed: true }))}
            onOpenOptions={() => void panelCommands.openOptions()}
          />
          {leads.length > 1 && lead && (
            <LeadChooser leads={leads} chosen={lead.key} onChoose={choose} compact />
          )}
        </header>
        {session.data && <DraftWarnings tabId={session.data.tabId} leads={leads} />}
        <main ref={main} className={styles.body} tabIndex={-1} aria-busy={state === 'loading'}>
          {body}
        </main>
      </LiveRegion>
    </div>
  );

  function view() {
    const failure = (kind: Parameters<typeof FailureScreen>[0]['kind'], retry: () => void) => ({
      state: kind,
      personId: undefined,
      body: (
        <FailureScreen
          kind={kind}
          aboutLead
          onRetry={retry}
          onOpenOptions={() => void panelCommands.openOptions()}
        />
      ),
    });
    if (session.isPending) return { state: 'loading', personId: undefined, body: <PanelSkeleton /> };
    if (session.isError) return failure('bug', () => void session.refetch());
    if (session.data === null || leads.length === 0) {
      return {
        state: 'nothing',
        personId: undefined,
        body: (
          <Screen icon={Inbox} title={i18n.t('panel.nothing.title')}>
            {i18n.t('panel.nothing.text')}
          </Screen>
        ),
      };
    }
    if (!lead) {
      return {
        state: 'choose',
        personId: undefined,
        body: (
          <Screen
            icon={CircleUser}
            title={i18n.t('chooser.question')}
            action={<LeadChooser leads={leads} chosen={null} onChoose={choose} />}
          >
            {i18n.t('chooser.hint')}
          </Screen>
        ),
      };
    }
    if (context.isPending)
      return { state: 'loading', personId: undefined, body: <PanelSkeleton lead={lead} /> };
    if (context.isError) return failure('bug', () => void context.refetch());
    if (!context.data.ok) return failure(context.data.error.kind, () => void context.refetch());
    const answer = context.data.value;
    const { person } = answer.context;
    return {
      state: answer.stale ? 'stale' : 'ready',
      personId: person.id,
      body: (
        <>
          {answer.stale && (
            <StaleBanner
              failure={answer.stale}
              receivedAt={answer.receivedAt}
              onRetry={() => void context.refetch()}
              onOpenOptions={() => void panelCommands.openOptions()}
            />
          )}
          <LeadView key={person.id} context={answer.context} />
        </>
      ),
    };
  }
}

/** Moves the keyboard focus to the panel when the shortcut asks for it, not when the panel first appears. */
function useFocusOnRequest(requests: number | undefined) {
  const element = useRef<HTMLElement>(null);
  const seen = useRef<number>(undefined);
  useEffect(() => {
    if (requests === undefined) return;
    if (seen.current !== undefined && requests > seen.current) {
      window.focus();
      element.current?.focus();
    }
    seen.current = requests;
  }, [requests]);
  return element;
}

/** Reports what has been drawn: the dock shows the panel only once it no longer shows the mail before. */
function useDrawn(revision: number | undefined) {
  useLayoutEffect(() => {
    if (revision !== undefined) void panelCommands.drawn(revision);
  }, [revision]);
}

/** How close together everything stands: see tokens.css. */
function useDensity() {
  const density = useSettings().data?.dock.density;
  useLayoutEffect(() => {
    if (density !== undefined) document.documentElement.dataset['density'] = density;
  }, [density]);
}
