import { i18n } from '../ui/i18n.ts';
import type { Failure } from '../../utils/extension/failure.ts';
import type { OutboxEntry } from '../../utils/extension/outbox-entry.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { CircleAlert } from '../ui/icons.ts';
import { messageName } from '../ui/language.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { UserText } from '../ui/user-text.tsx';

interface Props {
  entries: readonly OutboxEntry[];
  onDiscard: (id: string) => Promise<unknown>;
}

/** What the hub would not take, why, and the way to let go of it. */
export function RefusedWrites({ entries, onDiscard }: Props) {
  const announce = useAnnounce();
  return entries.map(({ id, write, failure }) => (
    <Banner
      key={id}
      tone="bad"
      icon={CircleAlert}
      action={
        <Button
          small
          look="danger"
          onClick={() =>
            void onDiscard(id).then(
              () => announce(i18n.t('refused.discarded')),
              () => announce(i18n.t('verdict.notSaved')),
            )
          }
        >
          {i18n.t('refused.discard')}
        </Button>
      }
    >
      <strong>{i18n.t(`refused.${messageName(write.kind)}`)}</strong>{' '}
      {failure && <UserText text={reasonText(failure)} />}
    </Banner>
  ));
}

/** The hub's own words where it has any. */
const reasonText = ({ kind, problem }: Failure) =>
  problem?.detail ?? problem?.title ?? i18n.t(`failure.${messageName(kind)}.title`);
