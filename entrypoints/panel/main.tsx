import { LeadPanel } from '../../components/panel/lead-panel.tsx';
import { mount } from '../../components/ui/mount.tsx';

mount(<LeadPanel />);
