import { i18n } from '../../ui/i18n.ts';
import type { CampaignState } from '../../../utils/domain/campaign-state.ts';
import styles from './campaign-state-mark.module.css';

/** Whether a campaign runs, in a word and a colour. */
export function CampaignStateMark({ state }: { state: CampaignState }) {
  return (
    <span className={styles.mark} data-campaign-state={state}>
      {i18n.t(`campaigns.state.${state}`)}
    </span>
  );
}
