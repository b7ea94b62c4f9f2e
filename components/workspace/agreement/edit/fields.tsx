import { useId, useState } from 'react';
import { i18n } from '../../../ui/i18n.ts';
import type { Language, LocalText } from '../../../../utils/contract/primitives.ts';
import { language } from '../../../ui/language.ts';
import { SelectField } from '../../../ui/select-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import text from '../../../ui/text-field.module.css';
import { useError } from './draft-errors.ts';
import styles from './edit.module.css';
import { at, type Lens } from './lens.ts';

/** A text in both languages: this page's first, the other one a fold away. */
export function LocalField({
  lens,
  label,
  long = false,
}: {
  lens: Lens<LocalText>;
  label: string;
  long?: boolean;
}) {
  const here = language();
  const other: Language = here === 'en' ? 'de' : 'en';
  const wrong = useError(`${lens.path}/${other}`) !== undefined;
  const Field = long ? LongField : LineField;
  return (
    <div className={styles.local}>
      <Field lens={at(lens, here)} label={label} lang={here} />
      {/* Open where something is missing: nobody looks for it there. */}
      <details className={styles.other} open={wrong || undefined}>
        <summary>{i18n.t(`agreement.edit.language.${other}`)}</summary>
        <Field lens={at(lens, other)} label={i18n.t(`agreement.edit.in.${other}`, { label })} lang={other} />
      </details>
    </div>
  );
}

interface OfText {
  lens: Lens<string>;
  label: string;
  lang?: Language;
  placeholder?: string;
}

export function LineField({ lens, label, ...rest }: OfText) {
  return (
    <TextField
      label={label}
      value={lens.value}
      error={useError(lens.path)}
      dir="auto"
      maxLength={20_000}
      onChange={({ target }) => lens.set(target.value)}
      {...rest}
    />
  );
}

function LongField({ lens, label, lang }: OfText) {
  const id = useId();
  const error = useError(lens.path);
  return (
    <div className={text.field}>
      <label htmlFor={id} className={text.label}>
        {label}
      </label>
      <textarea
        id={id}
        className={`${text.input} ${styles.long}`}
        rows={2}
        dir="auto"
        lang={lang}
        maxLength={20_000}
        value={lens.value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error && `${id}-error`}
        onChange={({ target }) => lens.set(target.value)}
      />
      {error && (
        <p id={`${id}-error`} className={text.error}>
          {error}
        </p>
      )}
    </div>
  );
}

/** A number; what is no number stays in the field and is said to be wrong. */
export function NumberField({ lens, label, ...rest }: { lens: Lens<number>; label: string; step?: number }) {
  return (
    <NumberInput
      {...rest}
      label={label}
      value={lens.value}
      error={useError(lens.path)}
      onNumber={(value) => lens.set(value ?? NaN)}
    />
  );
}

/** The same where it may be left out. */
export function OptionalNumber({
  lens,
  label,
  hint,
}: {
  lens: Lens<number | undefined>;
  label: string;
  hint?: string;
}) {
  return (
    <NumberInput
      label={label}
      {...(hint !== undefined && { hint })}
      value={lens.value}
      error={useError(lens.path)}
      onNumber={(value) => lens.set(value)}
    />
  );
}

function NumberInput({
  value,
  onNumber,
  step,
  ...rest
}: {
  label: string;
  hint?: string;
  value: number | undefined;
  error: string | undefined;
  step?: number;
  onNumber: (value: number | undefined) => void;
}) {
  return (
    <TextField
      {...rest}
      type="number"
      inputMode="decimal"
      step={step ?? 'any'}
      // A draft that was kept as JSON has null where there was no number.
      value={value === undefined || value === null || Number.isNaN(value) ? '' : value}
      onChange={({ target }) => onNumber(target.value === '' ? undefined : Number(target.value))}
    />
  );
}

/** One out of several, each with its name. */
export function ChoiceField<Value extends string>({
  lens,
  label,
  options,
  nameOf,
}: {
  lens: Lens<Value>;
  label: string;
  options: readonly Value[];
  nameOf: (value: Value) => string;
}) {
  // What is chosen is shown even where it is none of them.
  const shown = options.includes(lens.value) ? options : [lens.value, ...options];
  return (
    <SelectField
      label={label}
      value={lens.value}
      error={useError(lens.path)}
      onChange={({ target }) => lens.set(target.value as Value)}
    >
      {shown.map((value) => (
        <option key={value} value={value}>
          {nameOf(value)}
        </option>
      ))}
    </SelectField>
  );
}

/** Any of several. */
export function ChoicesField<Value extends string>({
  lens,
  label,
  options,
  nameOf,
}: {
  lens: Lens<Value[]>;
  label: string;
  options: readonly Value[];
  nameOf: (value: Value) => string;
}) {
  const error = useError(lens.path);
  const id = useId();
  return (
    <fieldset className={styles.choices} aria-describedby={error && id}>
      <legend className={text.label}>{label}</legend>
      <div className={styles.boxes}>
        {options.map((value) => (
          <CheckField
            key={value}
            label={nameOf(value)}
            checked={lens.value.includes(value)}
            // In the order of the options, so that a choice taken back leaves no change.
            onChange={(checked) =>
              lens.set(options.filter((each) => (each === value ? checked : lens.value.includes(each))))
            }
          />
        ))}
      </div>
      {error && (
        <p id={id} className={text.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

export function CheckField({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}

/** Several short texts, one in a line. */
export function LinesField({
  label,
  hint,
  path,
  value,
  onChange,
}: {
  label: string;
  hint?: string;
  path: string;
  value: readonly string[];
  onChange: (lines: string[]) => void;
}) {
  const id = useId();
  const error = useError(path);
  // As it is typed: an empty line is the beginning of the next one.
  const [typed, setTyped] = useState(value.join('\n'));
  const shown = linesOf(typed).join('\n') === value.join('\n') ? typed : value.join('\n');
  return (
    <div className={text.field}>
      <label htmlFor={id} className={text.label}>
        {label}
      </label>
      <textarea
        id={id}
        className={`${text.input} ${styles.long}`}
        rows={3}
        dir="auto"
        value={shown}
        aria-invalid={error ? true : undefined}
        aria-describedby={
          [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
        }
        onChange={({ target }) => {
          setTyped(target.value);
          onChange(linesOf(target.value));
        }}
      />
      {hint && (
        <p id={`${id}-hint`} className={text.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={text.error}>
          {error}
        </p>
      )}
    </div>
  );
}

const linesOf = (typed: string) =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
