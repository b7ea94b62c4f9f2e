import { i18n } from '#i18n';
import { OptionsPage } from '../../components/options/options-page.tsx';
import { mount } from '../../components/ui/mount.tsx';

document.title = i18n.t('options.pageTitle');
mount(<OptionsPage />);
