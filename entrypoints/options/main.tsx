import { i18n } from '../../components/ui/i18n.ts';
import { OptionsPage } from '../../components/options/options-page.tsx';
import { mount } from '../../components/ui/mount.tsx';

document.title = i18n.t('options.pageTitle');
mount(<OptionsPage />);
