import { i18n } from '../../../ui/i18n.ts';
import { type AgreementDocument, Target } from '../../../../utils/contract/agreement.ts';
import { Team } from '../../../../utils/contract/session.ts';
import { localText, messageName } from '../../../ui/language.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { useError } from './draft-errors.ts';
import styles from './edit.module.css';
import { ChoiceField, LocalField, NumberField } from './fields.tsx';
import { at, type Lens, newId } from './lens.ts';
import { ListEditor } from './list-editor.tsx';

const kinds = ['fields', 'confirmations', 'engagement', 'reports'] as const;

/** Targets, how long figures are good for, and how long the whole of it is. */
export function EditFigures({ lens }: { lens: Lens<AgreementDocument> }) {
  const { targets } = lens.value;
  const expiry = at(lens, 'expiry');
  return (
    <div className={styles.form}>
      <ListEditor
        lens={at(lens, 'targets')}
        nameOf={({ label }) => localText(label)}
        add={i18n.t('agreement.edit.add.target')}
        make={() => ({
          id: newId('target', targets),
          label: { en: '', de: '' },
          team: 'marketing' as const,
          figure: 'acceptance-rate' as const,
          comparison: 'at-least' as const,
          value: 70,
          unit: 'percent' as const,
        })}
      >
        {(target) => (
          <>
            <LocalField lens={at(target, 'label')} label={i18n.t('agreement.targets.promise')} />
            <div className={styles.row}>
              <ChoiceField
                lens={at(target, 'team')}
                label={i18n.t('agreement.targets.by')}
                options={Team.options}
                nameOf={(team) => i18n.t(`agreement.team.${team}`)}
              />
              <ChoiceField
                lens={at(target, 'figure')}
                label={i18n.t('agreement.edit.figure')}
                options={Target.shape.figure.options}
                nameOf={(figure) => i18n.t(`agreement.edit.figures.${messageName(figure)}`)}
              />
            </div>
            <div className={styles.row}>
              <ChoiceField
                lens={at(target, 'comparison')}
                label={i18n.t('agreement.edit.comparison')}
                options={Target.shape.comparison.options}
                nameOf={(comparison) => i18n.t(`agreement.edit.comparisons.${messageName(comparison)}`)}
              />
              <NumberField lens={at(target, 'value')} label={i18n.t('agreement.targets.target')} />
              <ChoiceField
                lens={at(target, 'unit')}
                label={i18n.t('agreement.edit.unit')}
                options={Target.shape.unit.options}
                nameOf={(unit) => i18n.t(`agreement.edit.units.${messageName(unit)}`)}
              />
            </div>
          </>
        )}
      </ListEditor>
      <h3 className={styles.subtitle}>{i18n.t('agreement.expiry.title')}</h3>
      <div className={styles.row}>
        {kinds.map((kind) => (
          <NumberField key={kind} lens={at(expiry, kind)} label={i18n.t(`agreement.edit.expiry.${kind}`)} />
        ))}
      </div>
      <ValidUntil lens={at(lens, 'validUntil')} />
    </div>
  );
}

/** A day; it ends with the end of that day where the user is. */
export function ValidUntil({ lens }: { lens: Lens<string> }) {
  return (
    <div className={styles.row}>
      <TextField
        type="date"
        label={i18n.t('agreement.edit.validUntil')}
        value={dayOf(lens.value)}
        error={useError(lens.path)}
        onChange={({ target }) => lens.set(endOf(target.value) ?? lens.value)}
      />
    </div>
  );
}

/** A moment as the day it belongs to here: `2027-03-31`. */
function dayOf(instant: string): string {
  const at = new Date(instant);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return Number.isNaN(at.getTime()) ? '' : local.toISOString().slice(0, 10);
}

/** The last minute of a day here; null for what is no day. */
function endOf(day: string): string | null {
  const at = new Date(`${day}T23:59:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
