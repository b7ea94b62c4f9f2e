import { SidePanel } from '../../components/panel/side-panel.tsx';
import { mount } from '../../components/ui/mount.tsx';
import { closeWhenTold } from '../../utils/extension/open-side-panel.ts';

closeWhenTold();
mount(<SidePanel />);
