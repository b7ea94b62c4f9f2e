import { mount } from '../../components/ui/mount.tsx';
import { WorkspacePage } from '../../components/workspace/workspace-page.tsx';

mount(<WorkspacePage />);
