import type { ReactNode } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import { Card } from '../../ui/card.tsx';
import { localText } from '../../ui/language.ts';
import entries from '../entries.module.css';

/** Why a lead goes back, who acts on it, and what then becomes of the lead. */
export function AgreementReasons({ agreement, aside }: { agreement: Agreement; aside?: ReactNode }) {
  const { reasons, returnNeedsReason } = agreement;
  return (
    <Card
      aside={aside}
      anchor="agreement-reasons"
      title={i18n.t('agreement.reasons.title')}
      text={i18n.t(returnNeedsReason ? 'agreement.reasons.needed' : 'agreement.reasons.optional')}
    >
      <table className={entries.table}>
        <thead>
          <tr>
            <th scope="col">{i18n.t('agreement.reasons.reason')}</th>
            <th scope="col">{i18n.t('agreement.reasons.team')}</th>
            <th scope="col">{i18n.t('agreement.reasons.then')}</th>
          </tr>
        </thead>
        <tbody>
          {reasons.map(({ id, label, team, outcome }) => (
            <tr key={id}>
              <th scope="row">{localText(label)}</th>
              <td>{i18n.t(`agreement.team.${team}`)}</td>
              <td>{i18n.t(`agreement.outcome.${outcome}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
