import { i18n } from '../../../ui/i18n.ts';
import { Weekday, type WorkCalendar } from '../../../../utils/contract/agreement.ts';
import { localText } from '../../../ui/language.ts';
import { TextField } from '../../../ui/text-field.tsx';
import text from '../../../ui/text-field.module.css';
import { weekdayName } from '../../words.ts';
import { useError } from './draft-errors.ts';
import styles from './edit.module.css';
import { LineField, LinesField, LocalField } from './fields.tsx';
import { at, type Lens, newId } from './lens.ts';
import { ListEditor } from './list-editor.tsx';

const OFFICE: WorkCalendar['hours'] = Object.fromEntries(
  Weekday.options.slice(0, 5).map((day) => [day, [{ from: '09:00', to: '17:00' }]]),
);

export function EditCalendars({ lens }: { lens: Lens<WorkCalendar[]> }) {
  return (
    <ListEditor
      lens={lens}
      nameOf={({ label }) => localText(label)}
      add={i18n.t('agreement.edit.add.calendar')}
      make={() => ({
        id: newId('calendar', lens.value),
        label: { en: '', de: '' },
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        hours: OFFICE,
        closed: [],
      })}
      least={1}
    >
      {(calendar) => <CalendarFields lens={calendar} />}
    </ListEditor>
  );
}

function CalendarFields({ lens }: { lens: Lens<WorkCalendar> }) {
  const { hours, closed } = lens.value;
  const error = useError(`${lens.path}/hours`);
  return (
    <>
      <div className={styles.row}>
        <LocalField lens={at(lens, 'label')} label={i18n.t('agreement.edit.name')} />
        <LineField
          lens={at(lens, 'timeZone')}
          label={i18n.t('agreement.edit.timeZone')}
          placeholder="Europe/Berlin"
        />
      </div>
      <details className={styles.fold} open={error !== undefined || undefined}>
        <summary>{i18n.t('agreement.edit.hours')}</summary>
        <div className={styles.form}>
          {Weekday.options.map((day) => (
            <DayFields
              key={day}
              day={day}
              lens={{
                value: hours[day] ?? [],
                path: `${lens.path}/hours/${day}`,
                set: (ranges) =>
                  at(lens, 'hours').set(
                    // In the week's order; a day without hours is not named.
                    Object.fromEntries(
                      Weekday.options.flatMap((each) => {
                        const kept = each === day ? ranges : hours[each];
                        return kept && kept.length > 0 ? [[each, kept]] : [];
                      }),
                    ),
                  ),
              }}
            />
          ))}
        </div>
      </details>
      {error && <p className={text.error}>{error}</p>}
      <div className={styles.row}>
        <HolidayFields lens={lens} />
      </div>
      <details className={styles.fold}>
        <summary>{i18n.t('agreement.edit.closed', closed.length)}</summary>
        <LinesField
          label={i18n.t('agreement.edit.closedDays')}
          hint={i18n.t('agreement.edit.closedHint')}
          path={`${lens.path}/closed`}
          value={closed}
          onChange={at(lens, 'closed').set}
        />
      </details>
    </>
  );
}

type Ranges = { from: string; to: string }[];

function DayFields({ day, lens }: { day: Weekday; lens: Lens<Ranges> }) {
  const name = weekdayName(day, 'long');
  return (
    <section className={styles.day} aria-label={name}>
      <h4>{name}</h4>
      <ListEditor
        lens={lens}
        compact
        nameOf={({ from, to }) => `${name} ${from} – ${to}`}
        add={i18n.t('agreement.edit.add.hours', { day: name })}
        make={() => ({ from: lens.value.at(-1)?.to ?? '09:00', to: '17:00' })}
      >
        {(range) => <RangeFields lens={range} />}
      </ListEditor>
    </section>
  );
}

function RangeFields({ lens }: { lens: Lens<Ranges[number]> }) {
  const whole = useError(lens.path);
  const from = useError(`${lens.path}/from`);
  const to = useError(`${lens.path}/to`);
  const field = (name: 'from' | 'to', error: string | undefined) => (
    <TextField
      // No field for times: those know no 24:00, the end of a day.
      label={i18n.t(`agreement.edit.${name}`)}
      value={lens.value[name]}
      error={error && i18n.t('agreement.edit.error.time')}
      maxLength={5}
      onChange={({ target }) => at(lens, name).set(target.value)}
    />
  );
  return (
    <div className={styles.times}>
      {field('from', from)}
      {field('to', to)}
      {whole && <p className={text.error}>{whole}</p>}
    </div>
  );
}

/** Without a country there are no public holidays. */
function HolidayFields({ lens }: { lens: Lens<WorkCalendar> }) {
  const { holidays } = lens.value;
  const country = useError(`${lens.path}/holidays/country`);
  const state = useError(`${lens.path}/holidays/state`);
  const change = (next: { country: string; state?: string | undefined }) => {
    const place = next.country.trim().toUpperCase();
    const part = next.state?.trim().toUpperCase();
    at(lens, 'holidays').set(place === '' ? undefined : { country: place, ...(part && { state: part }) });
  };
  return (
    <>
      <TextField
        label={i18n.t('agreement.edit.country')}
        hint={i18n.t('agreement.edit.countryHint')}
        value={holidays?.country ?? ''}
        error={country}
        maxLength={2}
        onChange={({ target }) => change({ ...holidays, country: target.value })}
      />
      <TextField
        label={i18n.t('agreement.edit.state')}
        hint={i18n.t('agreement.edit.stateHint')}
        value={holidays?.state ?? ''}
        error={state}
        maxLength={3}
        disabled={!holidays}
        onChange={({ target }) => holidays && change({ ...holidays, state: target.value })}
      />
    </>
  );
}
