import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Notice, PanelSession, ResponseOf } from '../extension/messages.ts';
import { onNotice } from '../extension/send-message.ts';
import { keys } from './keys.ts';
import { useLive } from './use-live.ts';

/** Keeps what this page shows in step with the background. Call it once per page. */
export function useNotices(): void {
  const client = useQueryClient();
  useLive();
  useEffect(() => onNotice((notice) => refresh(client, notice)), [client]);
}

function refresh(client: QueryClient, notice: Notice): void {
  switch (notice.notice) {
    case 'session.changed': {
      void client.invalidateQueries({
        queryKey: keys.tabSessions,
        predicate: ({ queryKey, state }) => {
          const tabId = queryKey[1] ?? (state.data as PanelSession | null | undefined)?.tabId;
          // Without a session we do not know our tab yet, so any change may be ours.
          return tabId === undefined || tabId === notice.tabId;
        },
      });
      for (const queryKey of [keys.here, keys.suggestedMailboxes])
        void client.invalidateQueries({ queryKey });
      break;
    }
    case 'context.changed':
      void client.invalidateQueries({
        queryKey: keys.contexts,
        predicate: ({ state }) => {
          const answer = state.data as ResponseOf<'context.get'> | undefined;
          return !answer?.ok || answer.value.context.person.id === notice.personId;
        },
      });
      void client.invalidateQueries({ queryKey: keys.person(notice.personId) });
      break;
    case 'agreement.changed':
      void client.invalidateQueries({ queryKey: keys.agreement });
      break;
    case 'live.changed':
      void client.invalidateQueries({ queryKey: keys.live });
      break;
    case 'hub.changed':
      if (notice.kind === 'feedback') void client.invalidateQueries({ queryKey: keys.feedbackCounts });
      if (notice.kind === 'agreement') void client.invalidateQueries({ queryKey: keys.agreements });
      if (notice.kind === 'agendas') void client.invalidateQueries({ queryKey: keys.agendas });
      if (notice.kind === 'agreement') void client.invalidateQueries({ queryKey: keys.reports });
      if (notice.kind === 'users') void client.invalidateQueries({ queryKey: keys.users });
      if (notice.kind === 'campaigns') void client.invalidateQueries({ queryKey: keys.campaigns });
      if (notice.kind === 'plans') {
        for (const queryKey of [keys.plans, keys.campaignPages]) void client.invalidateQueries({ queryKey });
      }
      if (notice.kind === 'person') {
        const changed = notice.ids?.length ? notice.ids.map(keys.person) : [keys.people];
        for (const queryKey of changed) void client.invalidateQueries({ queryKey });
      }
      if (notice.kind === 'sources') void client.invalidateQueries({ queryKey: keys.sources });
      break;
    case 'outbox.changed':
      void client.invalidateQueries({ queryKey: keys.outbox });
      break;
    case 'connection.changed':
      void client.invalidateQueries();
      break;
    case 'settings.changed':
      for (const queryKey of [keys.settings, keys.sites, keys.here, keys.suggestedMailboxes])
        void client.invalidateQueries({ queryKey });
      break;
    case 'first-run.changed':
      void client.invalidateQueries({ queryKey: keys.firstRun });
      break;
    case 'sites.changed':
      for (const queryKey of [keys.sites, keys.here]) void client.invalidateQueries({ queryKey });
      break;
    case 'page.restart':
    case 'page.leave':
    case 'dock.changed':
    case 'side-panel.close':
      // For content scripts and the side panel's frame; what is shown learns of it by the others.
      break;
  }
}
