import './fake-browser.ts';
import { OptionsPage } from '../../components/options/options-page.tsx';
import { LeadPanel } from '../../components/panel/lead-panel.tsx';
import { mount } from '../../components/ui/mount.tsx';
import { FeedbackInbox } from '../../components/workspace/feedback-inbox.tsx';

const state = new URLSearchParams(location.search).get('state') ?? '';
if (state.startsWith('inbox')) mount(<FeedbackInbox />);
else if (state.startsWith('options')) mount(<OptionsPage />);
else mount(<LeadPanel />);
