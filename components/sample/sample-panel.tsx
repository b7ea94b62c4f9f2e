import { useLayoutEffect } from 'react';
import { useSession } from '../../utils/queries/use-panel-data.ts';
import { DockedPanel } from '../panel/docked-panel.tsx';
import './sample-panel.css';

/** As wide as a folded panel is beside a mail. */
const FOLDED = 44;

/** The panel as beside every mail, about the sample's lead. */
export function SamplePanel() {
  const dock = useSession().data?.dock;
  // Beside a mail the content script makes the frame as wide as the dock; here nobody else does.
  useLayoutEffect(() => {
    const frame = window.frameElement as HTMLElement | null;
    if (!frame || !dock) return;
    frame.dataset['folded'] = String(dock.collapsed);
    frame.style.setProperty('--dock', `${dock.collapsed ? FOLDED : dock.width}px`);
  }, [dock]);
  return <DockedPanel />;
}
