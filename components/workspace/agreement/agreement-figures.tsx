import type { ReactNode } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement, Target } from '../../../utils/contract/agreement.ts';
import { Card } from '../../ui/card.tsx';
import { format, localText } from '../../ui/language.ts';
import entries from '../entries.module.css';

/** What each team promises the other, measured; and how long a figure is good for. */
export function AgreementFigures({
  agreement: { targets, expiry },
  aside,
}: {
  agreement: Agreement;
  aside?: ReactNode;
}) {
  const kinds = ['fields', 'confirmations', 'engagement', 'reports'] as const;
  return (
    <Card
      aside={aside}
      anchor="agreement-targets"
      title={i18n.t('agreement.targets.title')}
      text={i18n.t('agreement.targets.text')}
    >
      <table className={entries.table}>
        <thead>
          <tr>
            <th scope="col">{i18n.t('agreement.targets.promise')}</th>
            <th scope="col">{i18n.t('agreement.targets.by')}</th>
            <th scope="col">{i18n.t('agreement.targets.target')}</th>
          </tr>
        </thead>
        <tbody>
          {targets.map((target) => (
            <tr key={target.id}>
              <th scope="row">{localText(target.label)}</th>
              <td>{i18n.t(`agreement.team.${target.team}`)}</td>
              <td>{amountOf(target)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className={entries.subtitle}>{i18n.t('agreement.expiry.title')}</h3>
      <ul>
        {kinds.map((kind) => (
          <li key={kind}>{i18n.t(`agreement.expiry.${kind}`, { days: format().number(expiry[kind]) })}</li>
        ))}
      </ul>
    </Card>
  );
}

function amountOf({ comparison, value, unit }: Target): string {
  const amount = format().number(value);
  const what = unit === 'percent' ? `${amount} %` : i18n.t('agreement.targets.perMonth', { amount });
  return comparison === 'at-least'
    ? i18n.t('agreement.targets.atLeast', { what })
    : i18n.t('agreement.targets.atMost', { what });
}
