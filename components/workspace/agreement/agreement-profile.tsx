import type { ReactNode } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import { Card } from '../../ui/card.tsx';
import { format, localText } from '../../ui/language.ts';
import { UserText } from '../../ui/user-text.tsx';
import { CriterionWords } from './criterion-words.tsx';
import entries from '../entries.module.css';
import { either } from '../words.ts';

/** Whom both teams want as customers, and what shows that somebody is interested. */
export function AgreementProfile({
  agreement: { profile, engagement },
  aside,
}: {
  agreement: Agreement;
  aside?: ReactNode;
}) {
  const { number } = format();
  return (
    <>
      <Card
        aside={aside}
        anchor="agreement-profile"
        title={i18n.t('agreement.profile.title')}
        text={localText(profile.definition)}
      >
        <ul className={entries.list}>
          {profile.criteria.map(({ weight, criterion }) => (
            <li key={criterion.id} className={entries.entry}>
              <CriterionWords criterion={criterion} />
              <p className={entries.meta}>{i18n.t('agreement.profile.weight', { weight: number(weight) })}</p>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={i18n.t('agreement.interest.title')}>
        <UserText text={i18n.t('agreement.interest.text', { days: number(engagement.halfLifeDays) })} />
        <table className={entries.table}>
          <thead>
            <tr>
              <th scope="col">{i18n.t('agreement.interest.what')}</th>
              <th scope="col">{i18n.t('agreement.interest.points')}</th>
            </tr>
          </thead>
          <tbody>
            {engagement.points.map(({ kinds, points }) => (
              <tr key={kinds.join()}>
                <th scope="row">{either(kinds.map((kind) => i18n.t(`touchpoint.${kind}`)))}</th>
                <td>{number(points)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    </>
  );
}
