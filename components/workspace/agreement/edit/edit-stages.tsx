import { i18n } from '../../../ui/i18n.ts';
import { type AgreedStage, Mover } from '../../../../utils/contract/agreement.ts';
import { Button } from '../../../ui/button.tsx';
import { Plus, Trash } from '../../../ui/icons.ts';
import { localText } from '../../../ui/language.ts';
import text from '../../../ui/text-field.module.css';
import { CriterionEditor } from './criterion-editor.tsx';
import { turnedInto } from './criterion-shapes.ts';
import { useError } from './draft-errors.ts';
import styles from './edit.module.css';
import { ChoicesField, LocalField } from './fields.tsx';
import { at, each, type Lens } from './lens.ts';
import type { Criterion } from '../../../../utils/contract/criterion.ts';

/** The stages themselves are the same for everybody; what they are called, mean and ask for is agreed on. */
export function EditStages({ lens }: { lens: Lens<AgreedStage[]> }) {
  return (
    <ol className={styles.list}>
      {each(lens).map((stage) => (
        <li key={stage.value.stage} className={styles.part}>
          <details className={styles.fold}>
            <summary>{localText(stage.value.label)}</summary>
            <div className={styles.form}>
              <LocalField lens={at(stage, 'label')} label={i18n.t('agreement.edit.name')} />
              <LocalField lens={at(stage, 'definition')} label={i18n.t('agreement.edit.definition')} long />
              <ChoicesField
                lens={at(stage, 'movers')}
                label={i18n.t('agreement.edit.movers')}
                options={Mover.options}
                nameOf={(mover) => i18n.t(`agreement.mover.${mover}`)}
              />
              <OptionalCriterion lens={at(stage, 'criteria')} label={i18n.t('agreement.edit.criteria')} />
            </div>
          </details>
        </li>
      ))}
    </ol>
  );
}

/** A criterion that may be left out. */
export function OptionalCriterion({ lens, label }: { lens: Lens<Criterion | undefined>; label: string }) {
  const { value, path, set } = lens;
  const error = useError(path);
  return (
    <div className={styles.form}>
      {value && <CriterionEditor lens={{ value, path, set }} label={label} />}
      {error && <p className={text.error}>{error}</p>}
      <div>
        {value ? (
          <Button small look="quiet" icon={Trash} onClick={() => set(undefined)}>
            {i18n.t('agreement.edit.noCriteria')}
          </Button>
        ) : (
          <Button
            small
            icon={Plus}
            onClick={() => set({ type: 'all', of: [turnedInto(null, 'touchpoint')] })}
          >
            {i18n.t('agreement.edit.addCriteria')}
          </Button>
        )}
      </div>
    </div>
  );
}
