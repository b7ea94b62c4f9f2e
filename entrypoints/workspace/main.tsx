import { i18n } from '#i18n';
import { mount } from '../../components/ui/mount.tsx';
import { FeedbackInbox } from '../../components/workspace/feedback-inbox.tsx';

document.title = i18n.t('inbox.pageTitle');
mount(<FeedbackInbox />);
