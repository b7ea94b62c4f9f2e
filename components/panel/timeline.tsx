import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { LeadContext } from '../../utils/contract/lead-context.ts';
import { groupByCampaign } from '../../utils/domain/group-by-campaign.ts';
import { format } from '../ui/language.ts';
import { Section } from '../ui/section.tsx';
import { CampaignGroup } from './campaign-group.tsx';
import { useLead } from './lead-scope.ts';
import { useMarkedTouchpoint } from './marked-touchpoint.tsx';
import { PlannedTouches } from './planned-touches.tsx';
import styles from './timeline.module.css';

type Channel = LeadContext['touchpoints'][number]['channel'];

/** Everything marketing did and the lead answered with: one line of time, grouped by campaign. */
export function Timeline() {
  const { context, items, me, feedback } = useLead();
  const { marked } = useMarkedTouchpoint();
  const [filter, setFilter] = useState<{ channel: Channel | undefined; after: number }>();
  // A touchpoint that somebody asked to see is shown, whatever was filtered before.
  const channel = filter && filter.after >= (marked?.count ?? 0) ? filter.channel : undefined;
  const setChannel = (next: Channel | undefined) => setFilter({ channel: next, after: marked?.count ?? 0 });
  const { touchpoints, touchpointCount, campaigns, person } = context;
  const channels = [...new Set(touchpoints.map((touchpoint) => touchpoint.channel))];
  const shown = channel ? touchpoints.filter((touchpoint) => touchpoint.channel === channel) : touchpoints;
  const count = { shown: format().number(shown.length), total: format().number(touchpointCount) };
  return (
    <Section
      title={i18n.t('timeline.label')}
      part="timeline"
      aside={
        touchpoints.length > 0 && (
          <span>
            <span aria-hidden>{i18n.t('timeline.showing', count)}</span>
            <span className="visually-hidden">{i18n.t('timeline.showingLong', count)}</span>
          </span>
        )
      }
    >
      <PlannedTouches />
      {channels.length > 1 && <ChannelFilter channels={channels} chosen={channel} onChoose={setChannel} />}
      {shown.length === 0 ? (
        <p className={styles.empty}>{i18n.t(channel ? 'timeline.emptyFilter' : 'timeline.empty')}</p>
      ) : (
        <ol className={styles.groups}>
          {groupByCampaign(shown, campaigns).map((group) => (
            <CampaignGroup
              key={group.campaign?.id ?? 'none'}
              group={group}
              personId={person.id}
              praise={items.find(
                ({ about, verdict, by, progress }) =>
                  about.kind === 'campaign' &&
                  about.campaignId === group.campaign?.id &&
                  verdict === 'praise' &&
                  progress !== 'withdrawn' &&
                  (by === null || by.id === me?.id),
              )}
              actions={feedback}
            />
          ))}
        </ol>
      )}
    </Section>
  );
}

function ChannelFilter({
  channels,
  chosen,
  onChoose,
}: {
  channels: readonly Channel[];
  chosen: Channel | undefined;
  onChoose: (channel: Channel | undefined) => void;
}) {
  return (
    <div role="group" aria-label={i18n.t('timeline.filter')} className={styles.filter}>
      {[undefined, ...channels].map((channel) => (
        <button
          key={channel ?? 'all'}
          type="button"
          className={styles.choice}
          aria-pressed={channel === chosen}
          onClick={() => onChoose(channel)}
        >
          {channel ? i18n.t(`channel.${channel}`) : i18n.t('timeline.all')}
        </button>
      ))}
    </div>
  );
}
