import './fake-browser.ts';
import { OptionsPage } from '../../components/options/options-page.tsx';
import { LeadPanel } from '../../components/panel/lead-panel.tsx';
import { PopupPage } from '../../components/popup/popup-page.tsx';
import { mount } from '../../components/ui/mount.tsx';
import { WorkspacePage } from '../../components/workspace/workspace-page.tsx';
import { campaignHash } from './campaign-states.ts';
import { importHash } from './import-states.ts';

const state = new URLSearchParams(location.search).get('state') ?? '';
if (state.startsWith('agreement')) location.hash = 'agreement';
if (state.startsWith('import')) location.hash = importHash(state);
if (/^(?:campaigns|people)/u.test(state)) location.hash = campaignHash(state);
if (/^(?:inbox|agreement|import|campaigns|people)/u.test(state)) mount(<WorkspacePage />);
else if (state.startsWith('popup')) mount(<PopupPage />);
else if (state.startsWith('options')) mount(<OptionsPage />);
else mount(<LeadPanel />);
