import { useId, useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import { type Opinion, type Plan } from '../../../utils/contract/plan.ts';
import type { User } from '../../../utils/contract/session.ts';
import { opinionOf } from '../../../utils/domain/plan-progress.ts';
import type { PlanActions } from '../../../utils/queries/use-plans.ts';
import { Button } from '../../ui/button.tsx';
import { Hand, Heart, MessageCircleQuestion, type Icon } from '../../ui/icons.ts';
import { messageName } from '../../ui/language.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { ProblemBanner } from '../problem-banner.tsx';
import styles from './plan-item.module.css';

const opinions: Record<Opinion, Icon> = {
  good: Heart,
  doubts: MessageCircleQuestion,
  'please-not': Hand,
};

/** What one thinks of a plan, in one click; a word to it is optional, and both may be changed while it is open. */
export function PlanOpinion({ plan, me, say }: { plan: Plan; me: User; say: PlanActions['say'] }) {
  const announce = useAnnounce();
  const id = useId();
  const own = opinionOf(plan, me.id);
  const [comment, setComment] = useState<string>();
  const text = comment ?? own?.comment ?? '';
  const send = (opinion: Opinion, done: string) => {
    const word = text.trim();
    say.mutate(
      { id: plan.id, opinion, ...(word !== '' && { comment: word }) },
      { onSuccess: () => announce(done) },
    );
  };
  return (
    <div className={styles.own}>
      <p id={id} className={styles.label}>
        {i18n.t('plans.yours')}
      </p>
      <div role="group" aria-labelledby={id} className={styles.opinions}>
        {(Object.keys(opinions) as Opinion[]).map((opinion) => (
          <Button
            key={opinion}
            icon={opinions[opinion]}
            aria-pressed={own?.opinion === opinion}
            disabled={say.isPending}
            onClick={() => {
              const name = i18n.t(`plans.opinion.${messageName(opinion)}`);
              send(opinion, i18n.t('plans.said', { opinion: name }));
            }}
          >
            {i18n.t(`plans.opinion.${messageName(opinion)}`)}
          </Button>
        ))}
      </div>
      {own && (
        <form
          className={styles.comment}
          onSubmit={(event) => {
            event.preventDefault();
            send(own.opinion, i18n.t('plans.commentSent'));
          }}
        >
          <TextArea
            label={i18n.t('plans.comment')}
            value={text}
            maxLength={20_000}
            onChange={({ target }) => setComment(target.value)}
          />
          <Button type="submit" disabled={say.isPending || text.trim() === (own.comment ?? '')}>
            {i18n.t('plans.sendComment')}
          </Button>
        </form>
      )}
      {say.isError && <ProblemBanner error={say.error} />}
    </div>
  );
}
