import './fake-browser.ts';
import { OptionsPage } from '../../components/options/options-page.tsx';
import { DockedPanel } from '../../components/panel/docked-panel.tsx';
import { PopupPage } from '../../components/popup/popup-page.tsx';
import { mount } from '../../components/ui/mount.tsx';
import { WelcomePage } from '../../components/welcome/welcome-page.tsx';
import { WorkspacePage } from '../../components/workspace/workspace-page.tsx';
import { agendaHash } from './agenda-states.ts';
import { keepDraft } from './agreement-states.ts';
import { campaignHash } from './campaign-states.ts';
import { importHash } from './import-states.ts';
import { reportHash } from './report-states.ts';

/** Where in the inbox a state is looked at. */
const inboxHashes: Record<string, string> = {
  'inbox-asked': 'inbox?view=asked',
  'inbox-groups': 'inbox?by=reason&reason=no-budget&about=lead',
  'inbox-empty-open': 'inbox?view=open',
};

const state = new URLSearchParams(location.search).get('state') ?? '';
if (state in inboxHashes) location.hash = inboxHashes[state] ?? '';
// A page of the gallery keeps nothing of the one before.
localStorage.clear();
if (state === 'agreement-draft') keepDraft();
if (state.startsWith('agreement')) location.hash = 'agreement';
if (state.startsWith('agenda')) location.hash = agendaHash(state);
if (state.startsWith('import')) location.hash = importHash(state);
if (/^(?:campaigns|people)/u.test(state)) location.hash = campaignHash(state);
if (state.startsWith('report')) location.hash = reportHash;
if (/^(?:inbox|agreement|agenda|campaigns|people|report|import)/u.test(state)) mount(<WorkspacePage />);
else if (state.startsWith('popup')) mount(<PopupPage />);
else if (state.startsWith('welcome')) mount(<WelcomePage />);
else if (state.startsWith('options')) mount(<OptionsPage />);
else mount(<DockedPanel />);
