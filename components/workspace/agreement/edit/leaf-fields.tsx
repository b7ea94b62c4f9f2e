import { i18n } from '../../../ui/i18n.ts';
import { CampaignKind } from '../../../../utils/contract/campaign.ts';
import {
  type AttributeCriterion,
  Confirmable,
  type FieldValue,
  type LeafCriterion,
  type TouchpointCriterion,
} from '../../../../utils/contract/criterion.ts';
import { TouchpointKind } from '../../../../utils/contract/touchpoint.ts';
import { attributeName, attributes } from '../../../ui/attribute-words.ts';
import { messageName } from '../../../ui/language.ts';
import { SelectField } from '../../../ui/select-field.tsx';
import styles from './edit.module.css';
import {
  ChoiceField,
  ChoicesField,
  LinesField,
  LineField,
  LocalField,
  NumberField,
  OptionalNumber,
} from './fields.tsx';
import { at, type Lens } from './lens.ts';

/** One thing that is asked for: its sentence, and what exactly is looked at. */
export function LeafFields({ lens }: { lens: Lens<LeafCriterion> }) {
  const { value, path, set } = lens;
  return (
    <>
      <LocalField
        lens={{ value: value.label, path: `${path}/label`, set: (label) => set({ ...value, label }) }}
        label={i18n.t('agreement.edit.criterion.label')}
      />
      {value.type === 'attribute' && <AttributeFields lens={{ value, path, set }} />}
      {value.type === 'touchpoint' && <TouchpointFields lens={{ value, path, set }} />}
      {value.type === 'confirmation' && (
        <div className={styles.row}>
          <ChoiceField
            lens={at({ value, path, set }, 'subject')}
            label={i18n.t('agreement.edit.criterion.subject')}
            options={Confirmable.options}
            nameOf={(subject) => i18n.t(`agreement.edit.subject.${subject}`)}
          />
        </div>
      )}
    </>
  );
}

function TouchpointFields({ lens }: { lens: Lens<TouchpointCriterion> }) {
  const { kinds, campaignKinds, titles } = lens.value;
  const chosen = kinds.map(kindName).join(', ');
  return (
    <>
      <details className={styles.fold} open={kinds.length === 0 || undefined}>
        <summary>{i18n.t('agreement.edit.criterion.kinds', { kinds: chosen })}</summary>
        <ChoicesField
          lens={at(lens, 'kinds')}
          label={i18n.t('agreement.edit.criterion.kindsLabel')}
          options={TouchpointKind.options}
          nameOf={kindName}
        />
      </details>
      <div className={styles.row}>
        <NumberField lens={at(lens, 'count')} label={i18n.t('agreement.edit.criterion.times')} step={1} />
        <OptionalNumber
          lens={at(lens, 'withinDays')}
          label={i18n.t('agreement.edit.criterion.within')}
          hint={i18n.t('agreement.edit.criterion.ever')}
        />
      </div>
      <details className={styles.fold}>
        <summary>{i18n.t('agreement.edit.criterion.narrow')}</summary>
        <div className={styles.form}>
          <ChoicesField
            lens={{
              value: campaignKinds ?? [],
              path: `${lens.path}/campaignKinds`,
              set: (some) => at(lens, 'campaignKinds').set(some.length > 0 ? some : undefined),
            }}
            label={i18n.t('agreement.edit.criterion.campaignKinds')}
            options={CampaignKind.options}
            nameOf={(kind) => i18n.t(`campaignKind.${messageName(kind)}`)}
          />
          <LinesField
            label={i18n.t('agreement.edit.criterion.titles')}
            hint={i18n.t('agreement.edit.criterion.wildcard')}
            path={`${lens.path}/titles`}
            value={titles ?? []}
            onChange={(lines) => at(lens, 'titles').set(lines.length > 0 ? lines : undefined)}
          />
        </div>
      </details>
    </>
  );
}

const kindName = (kind: TouchpointKind) => i18n.t(`touchpoint.${kind}`);

const tests = ['in', 'matches', 'range', 'exists'] as const;
type TestKind = (typeof tests)[number];
type Test = AttributeCriterion['test'];

function AttributeFields({ lens }: { lens: Lens<AttributeCriterion> }) {
  const { attribute, test } = lens.value;
  const kind = tests.find((name) => name in test) ?? 'exists';
  const isNamed = attributes.some((name) => name === attribute);
  const setTest = at(lens, 'test').set;
  const place = `${lens.path}/test/${kind}`;
  return (
    <>
      <div className={styles.row}>
        <SelectField
          label={i18n.t('agreement.edit.criterion.attribute')}
          value={isNamed ? attribute : ''}
          onChange={({ target }) => at(lens, 'attribute').set(target.value)}
        >
          {attributes.map((name) => (
            <option key={name} value={name}>
              {attributeName(name)}
            </option>
          ))}
          <option value="">{i18n.t('agreement.edit.criterion.otherAttribute')}</option>
        </SelectField>
        {!isNamed && (
          <LineField lens={at(lens, 'attribute')} label={i18n.t('agreement.edit.criterion.attributeName')} />
        )}
        <SelectField
          label={i18n.t('agreement.edit.criterion.test')}
          value={kind}
          onChange={({ target }) => setTest(testOf(target.value as TestKind, test))}
        >
          {tests.map((name) => (
            <option key={name} value={name}>
              {i18n.t(`agreement.edit.test.${name}`)}
            </option>
          ))}
        </SelectField>
      </div>
      {'in' in test && (
        <LinesField
          label={i18n.t('agreement.edit.criterion.values')}
          hint={i18n.t('agreement.edit.criterion.perLine')}
          path={place}
          value={test.in.map(String)}
          onChange={(lines) => setTest({ in: lines.map((line) => valueOf(line, test.in)) })}
        />
      )}
      {'matches' in test && (
        <LinesField
          label={i18n.t('agreement.edit.criterion.values')}
          hint={i18n.t('agreement.edit.criterion.wildcard')}
          path={place}
          value={test.matches}
          onChange={(matches) => setTest({ matches })}
        />
      )}
      {'range' in test && (
        <RangeFields lens={{ value: test.range, path: place, set: (range) => setTest({ range }) }} />
      )}
    </>
  );
}

function RangeFields({ lens }: { lens: Lens<{ min?: number | undefined; max?: number | undefined }> }) {
  return (
    <div className={styles.row}>
      <OptionalNumber lens={at(lens, 'min')} label={i18n.t('agreement.edit.criterion.min')} />
      <OptionalNumber lens={at(lens, 'max')} label={i18n.t('agreement.edit.criterion.max')} />
    </div>
  );
}

/** Another test of the same field; what was listed stays. */
function testOf(kind: TestKind, test: Test): Test {
  if (kind in test) return test;
  const listed = 'in' in test ? test.in.map(String) : 'matches' in test ? test.matches : [];
  switch (kind) {
    case 'in':
      return { in: listed };
    case 'matches':
      return { matches: listed };
    case 'range':
      return { range: { min: 0 } };
    case 'exists':
      return { exists: true };
  }
}

/** A value stays of the type it was of: sources send numbers and yes or no as such. */
const valueOf = (line: string, before: readonly FieldValue[]): FieldValue =>
  before.find((value) => String(value) === line) ?? line;
