import { useId, useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { AgreementActions } from '../../../utils/queries/use-agreements.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useAnnounce } from '../../ui/live-region.tsx';
import { DownloadButton } from '../download-button.tsx';
import { ProblemBanner } from '../problem-banner.tsx';
import styles from './propose-form.module.css';

/** What the contract allows for a document. */
const MAX_LENGTH = 500_000;

/** The way to change the agreement: download it, edit it anywhere, hand it in. */
export function ProposeForm({
  inForce,
  actions: { propose },
}: {
  inForce: number;
  actions: AgreementActions;
}) {
  const announce = useAnnounce();
  const id = useId();
  const [text, setText] = useState('');
  const [comment, setComment] = useState('');
  const send = () => {
    const why = comment.trim();
    propose.mutate(
      { basedOn: inForce, text, ...(why !== '' && { comment: why }) },
      {
        onSuccess: ({ version }) => {
          setText('');
          setComment('');
          announce(i18n.t('agreement.propose.done', { version }));
        },
      },
    );
  };
  return (
    <Card
      anchor="agreement-propose"
      title={i18n.t('agreement.propose.title')}
      text={i18n.t('agreement.propose.text')}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') send();
        }}
      >
        <div className={styles.file}>
          <DownloadButton version={inForce} />
          <div className={styles.upload}>
            <label htmlFor={`${id}-file`}>{i18n.t('agreement.propose.file')}</label>
            <input
              id={`${id}-file`}
              type="file"
              accept=".yaml,.yml,.json"
              onChange={({ target }) => void target.files?.[0]?.text().then(setText)}
            />
          </div>
        </div>
        <label htmlFor={`${id}-text`} className={styles.label}>
          {i18n.t('agreement.propose.document')}
        </label>
        <textarea
          id={`${id}-text`}
          className={styles.document}
          rows={10}
          spellCheck={false}
          dir="ltr"
          maxLength={MAX_LENGTH}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <label htmlFor={`${id}-comment`} className={styles.label}>
          {i18n.t('agreement.propose.comment')}
        </label>
        <textarea
          id={`${id}-comment`}
          className={styles.comment}
          rows={2}
          dir="auto"
          maxLength={20_000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
        {propose.isError && <ProblemBanner error={propose.error} />}
        <div>
          <Button type="submit" look="primary" disabled={text.trim() === '' || propose.isPending}>
            {i18n.t('agreement.propose.submit')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
