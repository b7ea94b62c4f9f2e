import { i18n } from '../ui/i18n.ts';
import type { SettingField as Field } from '../../utils/contract/source.ts';
import { localText } from '../ui/language.ts';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { SwitchField } from './switch-field.tsx';

interface Props {
  field: Field;
  value: string | boolean;
  /** Of a secret: there is one already. */
  isSet: boolean;
  error: string | undefined;
  onChange: (value: string | boolean) => void;
}

/** One thing the hub must be told of a system, as its connector describes it. */
export function SettingField({ field, value, isSet, error, onChange }: Props) {
  const label = localText(field.label);
  const hint = field.help && localText(field.help);
  const text = typeof value === 'string' ? value : '';
  const { kind, name, required } = field;
  if (kind === 'yes-no') {
    return <SwitchField label={label} hint={hint} name={name} on={value === true} onChange={onChange} />;
  }
  if (kind === 'choice') {
    return (
      <SelectField
        label={label}
        {...(hint !== undefined && { hint })}
        error={error}
        name={name}
        value={text}
        onChange={({ target }) => onChange(target.value)}
      >
        {(!required || text === '') && <option value="">{i18n.t('options.sources.choose')}</option>}
        {field.options?.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </SelectField>
    );
  }
  return (
    <TextField
      label={label}
      {...(hint !== undefined && { hint })}
      error={error}
      name={name}
      type={kind === 'secret' ? 'password' : 'text'}
      // To a browser any other value means a password that it should fill in or remember.
      autoComplete={kind === 'secret' ? 'new-password' : 'off'}
      autoCapitalize="off"
      spellCheck={false}
      placeholder={isSet ? i18n.t('options.sources.secretSet') : field.placeholder}
      value={text}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
