import { useNotices } from '../../utils/queries/use-notices.ts';
import { LeadPanel } from './lead-panel.tsx';

/** The panel in the dock of the tab it is in. */
export function DockedPanel() {
  useNotices();
  return <LeadPanel />;
}
