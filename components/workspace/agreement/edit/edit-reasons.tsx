import { i18n } from '../../../ui/i18n.ts';
import { type AgreementDocument, Reason } from '../../../../utils/contract/agreement.ts';
import { Team } from '../../../../utils/contract/session.ts';
import { localText } from '../../../ui/language.ts';
import styles from './edit.module.css';
import { CheckField, ChoiceField, LocalField } from './fields.tsx';
import { at, type Lens, newId } from './lens.ts';
import { ListEditor } from './list-editor.tsx';

export function EditReasons({ lens }: { lens: Lens<AgreementDocument> }) {
  const { reasons, returnNeedsReason } = lens.value;
  return (
    <div className={styles.form}>
      <CheckField
        label={i18n.t('agreement.edit.needsReason')}
        checked={returnNeedsReason}
        onChange={at(lens, 'returnNeedsReason').set}
      />
      <ListEditor
        lens={at(lens, 'reasons')}
        nameOf={({ label }) => localText(label)}
        add={i18n.t('agreement.edit.add.reason')}
        make={() => ({
          id: newId('reason', reasons),
          label: { en: '', de: '' },
          team: 'marketing' as const,
          outcome: 'recycle' as const,
        })}
        least={1}
      >
        {(reason) => (
          <div className={styles.row}>
            <LocalField lens={at(reason, 'label')} label={i18n.t('agreement.reasons.reason')} />
            <ChoiceField
              lens={at(reason, 'team')}
              label={i18n.t('agreement.reasons.team')}
              options={Team.options}
              nameOf={(team) => i18n.t(`agreement.team.${team}`)}
            />
            <ChoiceField
              lens={at(reason, 'outcome')}
              label={i18n.t('agreement.reasons.then')}
              options={Reason.shape.outcome.options}
              nameOf={(outcome) => i18n.t(`agreement.outcome.${outcome}`)}
            />
          </div>
        )}
      </ListEditor>
    </div>
  );
}
