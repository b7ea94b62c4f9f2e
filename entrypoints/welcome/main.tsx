import { i18n } from '../../components/ui/i18n.ts';
import { mount } from '../../components/ui/mount.tsx';
import { WelcomePage } from '../../components/welcome/welcome-page.tsx';

document.title = i18n.t('welcome.pageTitle');
mount(<WelcomePage />);
