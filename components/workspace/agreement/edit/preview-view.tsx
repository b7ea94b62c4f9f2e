import type { UseQueryResult } from '@tanstack/react-query';
import { i18n } from '../../../ui/i18n.ts';
import type { AgreementPreview } from '../../../../utils/contract/agreement-preview.ts';
import { Minus, Plus } from '../../../ui/icons.ts';
import { format } from '../../../ui/language.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { UserName } from '../../../ui/user-text.tsx';
import entries from '../../entries.module.css';
import { previewSentence } from './preview-words.ts';
import styles from './preview-view.module.css';

/** What a change would have meant for last month's leads: a sentence, the counts behind it, and some of the leads. */
export function PreviewView({
  preview: { data, isPending, isError },
}: {
  preview: UseQueryResult<AgreementPreview>;
}) {
  return (
    <section className={styles.preview} aria-live="polite" aria-busy={isPending}>
      <h3 className={entries.subtitle}>{i18n.t('agreement.preview.title')}</h3>
      {isError && <p className={entries.meta}>{i18n.t('agreement.preview.failed')}</p>}
      {isPending && !isError && <Skeleton width="100%" height="4rem" />}
      {data && !isError && <Counted preview={data} />}
    </section>
  );
}

function Counted({ preview }: { preview: AgreementPreview }) {
  const { from, leads, cut, stages, examples } = preview;
  const { number } = format();
  const asked = stages.filter(({ present, proposed }) => present !== null || proposed !== null);
  const count = (value: number | null) =>
    value === null ? i18n.t('agreement.preview.nothing') : number(value);
  return (
    <>
      <p>{previewSentence(preview)}</p>
      <table className={entries.table}>
        <thead>
          <tr>
            <th scope="col">{i18n.t('agreement.preview.stage')}</th>
            <th scope="col">{i18n.t('agreement.preview.present')}</th>
            <th scope="col">{i18n.t('agreement.preview.proposed')}</th>
          </tr>
        </thead>
        <tbody>
          {asked.map(({ stage, present, proposed }) => (
            <tr key={stage} data-stage={stage} className={present === proposed ? undefined : styles.differs}>
              <th scope="row">{i18n.t(`stage.short.${stage}`)}</th>
              <td data-label={i18n.t('agreement.preview.present')}>{count(present)}</td>
              <td data-label={i18n.t('agreement.preview.proposed')}>{count(proposed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {examples.length > 0 && (
        <ul className={styles.examples} aria-label={i18n.t('agreement.preview.examples')}>
          {examples.map(({ personId, name, stage, meets }) => (
            <li key={`${personId} ${stage}`} className={styles.example} data-meets={meets}>
              {meets ? <Plus size={14} aria-hidden /> : <Minus size={14} aria-hidden />}
              <UserName text={name} />
              <span className={entries.meta}>
                {i18n.t(meets ? 'agreement.preview.gains' : 'agreement.preview.loses', {
                  stage: i18n.t(`stage.short.${stage}`),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className={entries.meta}>
        {i18n.t(cut ? 'agreement.preview.cut' : 'agreement.preview.basis', {
          leads: number(leads),
          month: monthName(from),
        })}
      </p>
    </>
  );
}

const monthName = (instant: string) => format().month(instant);
