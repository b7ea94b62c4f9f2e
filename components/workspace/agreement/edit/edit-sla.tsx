import { i18n } from '../../../ui/i18n.ts';
import {
  type AgreementDocument,
  EscalationStep,
  type SlaRule,
} from '../../../../utils/contract/agreement.ts';
import { localText } from '../../../ui/language.ts';
import { OptionalCriterion } from './edit-stages.tsx';
import styles from './edit.module.css';
import { ChoiceField, LocalField, NumberField } from './fields.tsx';
import { at, type Lens, newId } from './lens.ts';
import { ListEditor } from './list-editor.tsx';

/** Promises in minutes of working time, because that is what clocks count. */
export function EditSla({ lens: whole }: { lens: Lens<AgreementDocument> }) {
  const lens = at(whole, 'sla');
  const { calendars } = whole.value;
  const ids = calendars.map(({ id }) => id);
  const calendarName = (id: string) => {
    const calendar = calendars.find((known) => known.id === id);
    return calendar ? localText(calendar.label) : id;
  };
  const { rules, pauseReasons } = lens.value;
  return (
    <div className={styles.form}>
      <ListEditor<SlaRule>
        lens={at(lens, 'rules')}
        nameOf={({ label }) => localText(label)}
        add={i18n.t('agreement.edit.add.rule')}
        make={() => ({
          id: newId('rule', rules),
          label: { en: '', de: '' },
          calendar: ids[0] ?? '',
          assignWithin: 120,
          respondWithin: 480,
        })}
        ordered
        least={1}
      >
        {(rule) => (
          <>
            <LocalField lens={at(rule, 'label')} label={i18n.t('agreement.edit.name')} />
            <div className={styles.row}>
              <NumberField lens={at(rule, 'assignWithin')} label={i18n.t('agreement.edit.assign')} step={1} />
              <NumberField
                lens={at(rule, 'respondWithin')}
                label={i18n.t('agreement.edit.respond')}
                step={1}
              />
              <ChoiceField
                lens={at(rule, 'calendar')}
                label={i18n.t('agreement.edit.calendar')}
                options={ids}
                nameOf={calendarName}
              />
            </div>
            <OptionalCriterion lens={at(rule, 'when')} label={i18n.t('agreement.edit.when')} />
          </>
        )}
      </ListEditor>

      <h3 className={styles.subtitle}>{i18n.t('agreement.sla.late')}</h3>
      <ListEditor
        lens={at(lens, 'escalation')}
        nameOf={({ to }) => i18n.t(`agreement.edit.escalate.${to}`)}
        add={i18n.t('agreement.edit.add.step')}
        make={() => ({ after: 60, to: 'manager' as const })}
        ordered
      >
        {(step) => (
          <div className={styles.row}>
            <NumberField lens={at(step, 'after')} label={i18n.t('agreement.edit.after')} step={1} />
            <ChoiceField
              lens={at(step, 'to')}
              label={i18n.t('agreement.edit.then')}
              options={EscalationStep.shape.to.options}
              nameOf={(to) => i18n.t(`agreement.edit.escalate.${to}`)}
            />
          </div>
        )}
      </ListEditor>

      <h3 className={styles.subtitle}>{i18n.t('agreement.sla.pauses')}</h3>
      <ListEditor
        lens={at(lens, 'pauseReasons')}
        nameOf={({ label }) => localText(label)}
        add={i18n.t('agreement.edit.add.pause')}
        make={() => ({ id: newId('pause', pauseReasons), label: { en: '', de: '' } })}
      >
        {(pause) => <LocalField lens={at(pause, 'label')} label={i18n.t('agreement.edit.name')} />}
      </ListEditor>
      <div className={styles.row}>
        <NumberField lens={at(lens, 'longestPauseDays')} label={i18n.t('agreement.edit.longestPause')} />
      </div>

      <h3 className={styles.subtitle}>{i18n.t('agreement.sla.answer')}</h3>
      <div className={styles.row}>
        <NumberField lens={at(lens, 'answerWithin')} label={i18n.t('agreement.edit.answer')} step={1} />
        <ChoiceField
          lens={at(lens, 'answerCalendar')}
          label={i18n.t('agreement.edit.calendar')}
          options={ids}
          nameOf={calendarName}
        />
      </div>
    </div>
  );
}
