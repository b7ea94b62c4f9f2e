import { Activity } from 'react';
import { useFrontTab } from '../../utils/queries/use-front-tab.ts';
import { useNotices } from '../../utils/queries/use-notices.ts';
import { LeadPanel } from './lead-panel.tsx';
import { PanelSkeleton } from './panel-skeleton.tsx';

/**
 * The browser's own side panel: it shows the tab in front. The panels of other tabs are kept out of sight, with
 * what was written in them, until their tabs come back.
 */
export function SidePanel() {
  useNotices();
  const { front, tabs } = useFrontTab();
  return (
    <>
      {front === null && (
        <main aria-busy="true" data-state="loading">
          <PanelSkeleton />
        </main>
      )}
      {tabs.map((tabId) => (
        <Activity key={tabId} mode={tabId === front ? 'visible' : 'hidden'}>
          <LeadPanel tabId={tabId} />
        </Activity>
      ))}
    </>
  );
}
