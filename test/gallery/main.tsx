import './fake-browser.ts';
import { OptionsPage } from '../../components/options/options-page.tsx';
import { LeadPanel } from '../../components/panel/lead-panel.tsx';
import { PopupPage } from '../../components/popup/popup-page.tsx';
import { mount } from '../../components/ui/mount.tsx';
import { WorkspacePage } from '../../components/workspace/workspace-page.tsx';
import { importHash } from './import-states.ts';
import { reportHash } from './report-states.ts';

const state = new URLSearchParams(location.search).get('state') ?? '';
if (state.startsWith('agreement')) location.hash = 'agreement';
if (state.startsWith('report')) location.hash = reportHash;
if (state.startsWith('import')) location.hash = importHash(state);
if (/^(?:inbox|agreement|report|import)/u.test(state)) mount(<WorkspacePage />);
else if (state.startsWith('popup')) mount(<PopupPage />);
else if (state.startsWith('options')) mount(<OptionsPage />);
else mount(<LeadPanel />);
