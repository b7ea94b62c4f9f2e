import { i18n } from '../../../ui/i18n.ts';
import { type Criterion, MAX_DEPTH } from '../../../../utils/contract/criterion.ts';
import { localText } from '../../../ui/language.ts';
import { SelectField } from '../../../ui/select-field.tsx';
import { type CriterionType, criterionTypes, leafTypes, turnedInto } from './criterion-shapes.ts';
import styles from './edit.module.css';
import { NumberField } from './fields.tsx';
import { LeafFields } from './leaf-fields.tsx';
import { at, type Lens } from './lens.ts';
import { ListEditor } from './list-editor.tsx';

/** What must hold of a lead, as a tree of choices: groups, and what is asked for in each. */
export function CriterionEditor({
  lens,
  label,
  depth = 1,
}: {
  lens: Lens<Criterion>;
  label: string;
  /** It may not nest deeper than the contract says. */
  depth?: number;
}) {
  const { value, path, set } = lens;
  const types: readonly CriterionType[] = depth < MAX_DEPTH ? criterionTypes : leafTypes;
  return (
    <div className={styles.criterion}>
      <SelectField
        label={label}
        value={value.type}
        onChange={({ target }) => set(turnedInto(value, target.value as CriterionType))}
      >
        {types.map((type) => (
          <option key={type} value={type}>
            {typeName(type)}
          </option>
        ))}
      </SelectField>
      {parts()}
    </div>
  );

  function parts() {
    if (value.type === 'not') {
      return (
        <CriterionEditor
          lens={at({ value, path, set }, 'of')}
          label={i18n.t('agreement.edit.criterion.part')}
          depth={depth + 1}
        />
      );
    }
    if (!('of' in value)) return <LeafFields lens={{ value, path, set }} />;
    return (
      <>
        {value.type === 'at-least' && (
          <div className={styles.row}>
            <NumberField
              lens={at({ value, path, set }, 'count')}
              label={i18n.t('agreement.edit.criterion.count')}
              step={1}
            />
          </div>
        )}
        <ListEditor<Criterion>
          lens={{ value: value.of, path: `${path}/of`, set: (of) => set({ ...value, of }) }}
          nameOf={nameOf}
          add={i18n.t('agreement.edit.criterion.add')}
          make={() => turnedInto(null, 'touchpoint')}
          least={1}
        >
          {(part) => (
            <CriterionEditor lens={part} label={i18n.t('agreement.edit.criterion.part')} depth={depth + 1} />
          )}
        </ListEditor>
      </>
    );
  }
}

const nameOf = (criterion: Criterion): string =>
  'of' in criterion ? typeName(criterion.type) : localText(criterion.label) || typeName(criterion.type);

function typeName(type: CriterionType): string {
  return type === 'at-least'
    ? i18n.t('agreement.edit.criterion.type.at_least')
    : i18n.t(`agreement.edit.criterion.type.${type}`);
}
