import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { FeedbackItem } from '../../utils/domain/feedback-progress.ts';
import type { CampaignGroup as Group } from '../../utils/domain/group-by-campaign.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import type { FeedbackActions } from '../../utils/queries/use-feedback-actions.ts';
import { Info } from '../ui/icons.ts';
import { UserName } from '../ui/user-text.tsx';
import styles from './campaign-group.module.css';
import { campaignIcons } from './kind-icons.ts';
import { useMarkedTouchpoint } from './marked-touchpoint.tsx';
import { PraiseButton } from './praise-button.tsx';
import { TouchpointRow } from './touchpoint-row.tsx';

/** So many touchpoints of a campaign are shown before "earlier". */
const FIRST = 3;

interface Props {
  group: Group;
  personId: string;
  /** The user's own praise for this campaign. */
  praise: FeedbackItem<OutboxEntry> | undefined;
  actions: FeedbackActions;
}

/** One campaign on the line of time, with what came of it. */
export function CampaignGroup({ group: { campaign, touchpoints }, personId, praise, actions }: Props) {
  const { marked } = useMarkedTouchpoint();
  const [opened, setOpened] = useState(false);
  const open = opened || touchpoints.slice(FIRST).some(({ id }) => id === marked?.id);
  // One hidden row would cost as much room as the button that shows it.
  const cut = !open && touchpoints.length > FIRST + 1;
  const shown = cut ? touchpoints.slice(0, FIRST) : touchpoints;
  const Glyph = campaign ? campaignIcons[campaign.kind] : Info;
  return (
    <li className={styles.group} data-campaign-id={campaign?.id}>
      <span className={styles.icon} data-campaign={campaign !== null}>
        <Glyph size={14} aria-hidden />
      </span>
      <div className={styles.head}>
        <div className={styles.names}>
          <h3 className={styles.name}>
            {campaign ? <UserName text={campaign.name} lines={2} /> : i18n.t('timeline.noCampaign')}
          </h3>
          {campaign && <p className={styles.kind}>{i18n.t(`campaignKind.${campaign.kind}`)}</p>}
        </div>
        {campaign && (
          <PraiseButton campaign={campaign} personId={personId} praise={praise} actions={actions} />
        )}
      </div>
      <ol className={styles.touchpoints}>
        {shown.map((touchpoint) => (
          <TouchpointRow key={touchpoint.id} touchpoint={touchpoint} />
        ))}
      </ol>
      {cut && (
        <button type="button" className={styles.more} onClick={() => setOpened(true)}>
          {i18n.t('timeline.earlier', touchpoints.length - FIRST)}
        </button>
      )}
    </li>
  );
}
