import { i18n } from '../ui/i18n.ts';
import type { WrittenTo as Written } from '../../utils/contract/feedback.ts';
import type { SourceStatus } from '../../utils/contract/lead-context.ts';
import { localText } from '../ui/language.ts';
import { UserText } from '../ui/user-text.tsx';
import { sourceLabel } from './source-label.ts';
import styles from './written-to.module.css';

interface Props {
  systems: readonly Written[];
  sources: readonly SourceStatus[];
}

/** In which of the systems a lead comes from feedback can be read, too; where it cannot, why. */
export function WrittenTo({ systems, sources }: Props) {
  return systems.map(({ system, state, problem }) => {
    const words = i18n.t(`feedback.writtenTo.${state}`, { system: sourceLabel(system, sources) });
    return (
      <div key={system} className={styles.line}>
        <UserText text={problem ? `${words} ${localText(problem)}` : words} lines={3} />
      </div>
    );
  });
}
