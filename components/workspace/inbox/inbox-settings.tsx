import { i18n } from '../../ui/i18n.ts';
import type { FeedbackOrder } from '../../../utils/contract/inbox.ts';
import { messageName } from '../../ui/language.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { type InboxFilter, subjects } from './inbox-filter.ts';
import styles from './inbox-settings.module.css';

/** What the feedback is about, and in which order it is shown. */
export function InboxSettings({
  filter,
  onChange,
}: {
  filter: InboxFilter;
  onChange: (change: Partial<InboxFilter>) => void;
}) {
  return (
    <div className={styles.settings}>
      <SelectField
        label={i18n.t('inbox.about.label')}
        value={filter.about ?? ''}
        onChange={({ target }) => onChange({ about: subjects.find((subject) => subject === target.value) })}
      >
        <option value="">{i18n.t('inbox.about.all')}</option>
        {subjects.map((subject) => (
          <option key={subject} value={subject}>
            {i18n.t(`inbox.about.${messageName(subject)}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={i18n.t('inbox.order.label')}
        value={filter.order}
        onChange={({ target }) => onChange({ order: target.value as FeedbackOrder })}
      >
        <option value="newest">{i18n.t('inbox.order.newest')}</option>
        <option value="oldest">{i18n.t('inbox.order.oldest')}</option>
      </SelectField>
    </div>
  );
}
