import { i18n } from '../../../ui/i18n.ts';
import type { AgreementDocument } from '../../../../utils/contract/agreement.ts';
import type { LeafCriterion } from '../../../../utils/contract/criterion.ts';
import { TouchpointKind } from '../../../../utils/contract/touchpoint.ts';
import { localText } from '../../../ui/language.ts';
import { SelectField } from '../../../ui/select-field.tsx';
import text from '../../../ui/text-field.module.css';
import { leafTypes, newLeaf } from './criterion-shapes.ts';
import { useError } from './draft-errors.ts';
import styles from './edit.module.css';
import { ChoicesField, LocalField, NumberField } from './fields.tsx';
import { LeafFields } from './leaf-fields.tsx';
import { at, type Lens } from './lens.ts';
import { ListEditor } from './list-editor.tsx';

/** Whom both teams want, what shows interest, and who counts as the best of a workspace. */
export function EditProfile({ lens }: { lens: Lens<AgreementDocument> }) {
  const profile = at(lens, 'profile');
  const engagement = at(lens, 'engagement');
  return (
    <div className={styles.form}>
      <LocalField lens={at(profile, 'definition')} label={i18n.t('agreement.edit.definition')} long />
      <ListEditor
        lens={at(profile, 'criteria')}
        nameOf={({ criterion }) => localText(criterion.label)}
        add={i18n.t('agreement.edit.add.criterion')}
        make={() => ({ weight: 1, criterion: newLeaf('attribute') })}
      >
        {(part) => (
          <>
            <div className={styles.row}>
              <NumberField lens={at(part, 'weight')} label={i18n.t('agreement.edit.weight')} />
              <LeafType lens={at(part, 'criterion')} />
            </div>
            <LeafFields lens={at(part, 'criterion')} />
          </>
        )}
      </ListEditor>
      <h3 className={styles.subtitle}>{i18n.t('agreement.interest.title')}</h3>
      <div className={styles.row}>
        <NumberField lens={at(engagement, 'halfLifeDays')} label={i18n.t('agreement.edit.halfLife')} />
      </div>
      <ListEditor
        lens={at(engagement, 'points')}
        nameOf={({ kinds }) => kinds.map(kindName).join(', ')}
        add={i18n.t('agreement.edit.add.points')}
        make={() => ({ kinds: [] as TouchpointKind[], points: 1 })}
      >
        {(rule) => (
          <>
            <div className={styles.row}>
              <NumberField lens={at(rule, 'points')} label={i18n.t('agreement.interest.points')} />
            </div>
            <details className={styles.fold} open={rule.value.kinds.length === 0 || undefined}>
              <summary>
                {i18n.t('agreement.edit.criterion.kinds', {
                  kinds: rule.value.kinds.map(kindName).join(', '),
                })}
              </summary>
              <ChoicesField
                lens={at(rule, 'kinds')}
                label={i18n.t('agreement.interest.what')}
                options={TouchpointKind.options}
                nameOf={kindName}
              />
            </details>
          </>
        )}
      </ListEditor>
      <TierFields lens={at(lens, 'tiers')} />
    </div>
  );
}

const kindName = (kind: TouchpointKind) => i18n.t(`touchpoint.${kind}`);

function LeafType({ lens }: { lens: Lens<LeafCriterion> }) {
  return (
    <SelectField
      label={i18n.t('agreement.edit.criterion.part')}
      value={lens.value.type}
      onChange={({ target }) => lens.set(newLeaf(target.value as LeafCriterion['type'], lens.value))}
    >
      {leafTypes.map((type) => (
        <option key={type} value={type}>
          {i18n.t(`agreement.edit.criterion.type.${type}`)}
        </option>
      ))}
    </SelectField>
  );
}

/** As percent: nobody thinks in shares of one. */
function TierFields({ lens }: { lens: Lens<AgreementDocument['tiers']> }) {
  const error = useError(lens.path);
  return (
    <>
      <h3 className={styles.subtitle}>{i18n.t('agreement.edit.tiers')}</h3>
      <div className={styles.row}>
        {lens.value.map((share, index) => (
          <NumberField
            key={index}
            label={i18n.t('agreement.edit.tier', { tier: index + 1 })}
            lens={{
              value: Math.round(share * 10_000) / 100,
              path: `${lens.path}/${index}`,
              set: (percent) => lens.set(lens.value.with(index, percent / 100) as AgreementDocument['tiers']),
            }}
          />
        ))}
      </div>
      {error && <p className={text.error}>{error}</p>}
    </>
  );
}
