import { PopupPage } from '../../components/popup/popup-page.tsx';
import { mount } from '../../components/ui/mount.tsx';

mount(<PopupPage />);
