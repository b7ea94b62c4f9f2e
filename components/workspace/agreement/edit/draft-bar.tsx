import { i18n } from '../../../ui/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { CircleAlert, Pencil } from '../../../ui/icons.ts';
import styles from './draft-bar.module.css';
import { previewSentence } from './preview-words.ts';
import type { DraftState } from './use-agreement-draft.ts';

/** Stays in sight while there is a draft: how much it changes, and what that would mean. */
export function DraftBar({ draft, onReview }: { draft: DraftState; onReview: () => void }) {
  const { changes, errors, preview } = draft;
  if (changes.length === 0) return null;
  const wrong = errors.size > 0;
  const sentence = !wrong && preview.data ? previewSentence(preview.data) : null;
  return (
    <section className={styles.bar} aria-label={i18n.t('agreement.edit.draft')}>
      <div className={styles.words}>
        <p className={styles.count}>
          {wrong ? <CircleAlert size={16} aria-hidden /> : <Pencil size={16} aria-hidden />}
          {i18n.t('agreement.edit.count', changes.length)}
        </p>
        <p className={styles.note} data-stale={preview.isPlaceholderData}>
          {wrong ? i18n.t('agreement.edit.wrong', errors.size) : sentence}
        </p>
      </div>
      <Button look="primary" onClick={onReview}>
        {i18n.t('agreement.edit.review')}
      </Button>
    </section>
  );
}
