import { useId } from 'react';
import { i18n } from '../ui/i18n.ts';
import type { LeadOnPage } from '../../utils/extension/messages.ts';
import { messageName } from '../ui/language.ts';
import { UserName } from '../ui/user-text.tsx';
import { leadName } from './lead-name.ts';
import styles from './lead-chooser.module.css';

interface Props {
  leads: readonly LeadOnPage[];
  chosen: string | null;
  onChoose: (key: string) => void;
  /** One row above the panel's content, instead of a list. */
  compact?: boolean;
}

/** Which of the leads on the page is meant. Radio buttons: arrow keys move, and exactly one can be meant. */
export function LeadChooser({ leads, chosen, onChoose, compact = false }: Props) {
  const name = useId();
  return (
    <fieldset className={compact ? styles.row : styles.list}>
      <legend className="visually-hidden">{i18n.t('chooser.label')}</legend>
      {leads.map((lead) => (
        <label key={lead.key} className={styles.lead}>
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={lead.key === chosen}
            onChange={() => onChoose(lead.key)}
          />
          <span className={styles.name}>
            <UserName text={leadName(lead)} />
          </span>
          {!compact && (
            <span className={styles.detail}>
              <UserName text={lead.name ? (lead.email ?? '') : i18n.t('chooser.noName')} />
              <span>{i18n.t(`role.${messageName(lead.role)}`)}</span>
            </span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
