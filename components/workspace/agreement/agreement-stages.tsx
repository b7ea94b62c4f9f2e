import type { ReactNode } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import { Card } from '../../ui/card.tsx';
import { localText } from '../../ui/language.ts';
import { stageIcons } from '../../ui/stage-icons.ts';
import { UserText } from '../../ui/user-text.tsx';
import { CriterionWords } from './criterion-words.tsx';
import entries from '../entries.module.css';
import { either } from '../words.ts';

/** The path of a lead: what each stage means, what it asks for, and who may move a lead there. */
export function AgreementStages({ agreement, aside }: { agreement: Agreement; aside?: ReactNode }) {
  return (
    <Card
      aside={aside}
      anchor="agreement-stages"
      title={i18n.t('agreement.stages.title')}
      text={i18n.t('agreement.stages.text')}
    >
      <ol className={entries.list}>
        {agreement.stages.map(({ stage, label, definition, criteria, movers }) => {
          const Glyph = stageIcons[stage];
          return (
            <li key={stage} className={entries.entry} data-stage={stage}>
              <h3 className={entries.title}>
                <Glyph size={16} aria-hidden className={entries.icon} />
                {localText(label)}
              </h3>
              <UserText text={localText(definition)} />
              {criteria && <CriterionWords criterion={criteria} />}
              <p className={entries.meta}>
                {i18n.t(criteria ? 'agreement.stages.movers' : 'agreement.stages.moversFree', {
                  movers: either(movers.map((mover) => i18n.t(`agreement.mover.${mover}`))),
                })}
              </p>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
