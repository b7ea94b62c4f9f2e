import { DockedPanel } from '../../components/panel/docked-panel.tsx';
import { mount } from '../../components/ui/mount.tsx';

mount(<DockedPanel />);
