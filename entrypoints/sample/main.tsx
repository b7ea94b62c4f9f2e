import { sampleBackground } from '../../components/sample/sample-background.ts';
import { SamplePanel } from '../../components/sample/sample-panel.tsx';
import { mount } from '../../components/ui/mount.tsx';
import { answerOwnRequests } from '../../utils/extension/send-message.ts';

answerOwnRequests(sampleBackground);
mount(<SamplePanel />);
