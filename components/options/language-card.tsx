import { i18n } from '../ui/i18n.ts';
import type { Settings } from '../../utils/extension/messages.ts';
import { Card } from '../ui/card.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { SelectField } from '../ui/select-field.tsx';

type Language = Settings['language'];

/** Which language everything of ours is in. */
export function LanguageCard({
  language,
  onChange,
}: {
  language: Language;
  onChange: (language: Language) => Promise<unknown>;
}) {
  const announce = useAnnounce();
  return (
    <Card anchor="language" title={i18n.t('options.language.title')} text={i18n.t('options.language.text')}>
      <SelectField
        name="language"
        label={i18n.t('options.language.label')}
        value={language}
        onChange={({ target }) =>
          void onChange(target.value as Language).catch(() => announce(i18n.t('options.notSaved')))
        }
      >
        <option value="system">{i18n.t('options.language.system')}</option>
        {/* Each in its own words: whoever has chosen the wrong one must find back. */}
        <option value="en" lang="en">
          English
        </option>
        <option value="de" lang="de">
          Deutsch
        </option>
      </SelectField>
    </Card>
  );
}
