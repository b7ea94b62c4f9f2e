import { useState } from 'react';
import { i18n } from '../ui/i18n.ts';
import { NewsKind } from '../../utils/contract/news.ts';
import type { Settings } from '../../utils/extension/messages.ts';
import { Card } from '../ui/card.tsx';
import { messageName } from '../ui/language.ts';
import { useAnnounce } from '../ui/live-region.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { SwitchField } from './switch-field.tsx';
import styles from './notifications-card.module.css';

type Notify = Settings['notify'];
const AT_MOST = [1, 3, 5, 10, 20] as const;
const NIGHT = { from: '19:00', to: '07:00' };

interface Props {
  notify: Notify;
  /** Whether the browser may. */
  allowed: boolean;
  /** Has the browser ask the user; false when they say no. Only in a click. */
  onAllow: () => Promise<boolean>;
  onChange: (notify: Notify) => Promise<unknown>;
}

/** What the browser tells of by itself, and when it keeps still. */
export function NotificationsCard({ notify, allowed, onAllow, onChange }: Props) {
  const announce = useAnnounce();
  const [refused, setRefused] = useState(false);
  const on = notify.on && allowed;
  const change = (part: Partial<Notify>) => onChange({ ...notify, ...part });
  const save = (part: Partial<Notify>) => void change(part).catch(() => announce(i18n.t('options.notSaved')));
  const switchTo = async (wanted: boolean) => {
    const may = !wanted || (await onAllow());
    setRefused(!may);
    if (may) return change({ on: wanted });
    announce(i18n.t('options.notifications.refused'));
  };
  const { quiet } = notify;
  return (
    <Card
      anchor="notifications"
      title={i18n.t('options.notifications.title')}
      text={i18n.t('options.notifications.text')}
    >
      <SwitchField
        label={i18n.t('options.notifications.show')}
        hint={i18n.t('options.notifications.hint')}
        on={on}
        onChange={switchTo}
      />
      {refused && <p className={styles.refused}>{i18n.t('options.notifications.refused')}</p>}
      {on && (
        <>
          <fieldset className={styles.group}>
            <legend className={styles.legend}>{i18n.t('options.notifications.about')}</legend>
            {NewsKind.options.map((kind) => (
              <SwitchField
                key={kind}
                label={i18n.t(`options.notifications.kind.${messageName(kind)}`)}
                on={notify.kinds.includes(kind)}
                onChange={(wanted) =>
                  change({
                    kinds: NewsKind.options.filter((each) =>
                      each === kind ? wanted : notify.kinds.includes(each),
                    ),
                  })
                }
              />
            ))}
          </fieldset>
          <fieldset className={styles.group}>
            <legend className={styles.legend}>{i18n.t('options.notifications.when')}</legend>
            <SwitchField
              label={i18n.t('options.notifications.quiet')}
              on={quiet !== null}
              onChange={(wanted) => change({ quiet: wanted ? NIGHT : null })}
            />
            <div className={styles.row}>
              {quiet &&
                (['from', 'to'] as const).map((end) => (
                  <TextField
                    key={end}
                    type="time"
                    required
                    label={i18n.t(`options.notifications.${end}`)}
                    value={quiet[end]}
                    // Half a time is none yet.
                    onChange={({ target }) =>
                      target.value !== '' && save({ quiet: { ...quiet, [end]: target.value } })
                    }
                  />
                ))}
              <SelectField
                label={i18n.t('options.notifications.perDay')}
                value={notify.perDay}
                onChange={({ target }) => save({ perDay: Number(target.value) })}
              >
                {AT_MOST.map((count) => (
                  <option key={count} value={count}>
                    {count}
                  </option>
                ))}
              </SelectField>
            </div>
          </fieldset>
          <SwitchField
            label={i18n.t('options.notifications.names')}
            hint={i18n.t('options.notifications.namesHint')}
            on={notify.names}
            onChange={(names) => change({ names })}
          />
        </>
      )}
    </Card>
  );
}
