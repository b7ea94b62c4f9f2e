import { i18n } from '../../ui/i18n.ts';
import type { AgendaDecision, AgendaItem } from '../../../utils/contract/agenda.ts';
import { newAgendaId } from '../../../utils/queries/use-agendas.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { drawAndFocus } from '../../ui/focus.ts';
import { Plus, Trash } from '../../ui/icons.ts';
import { format } from '../../ui/language.ts';
import { TextField } from '../../ui/text-field.tsx';
import { UserName } from '../../ui/user-text.tsx';
import styles from './agenda.module.css';

const MOST = 20;

/** Who does what until when. */
export function Decisions({
  item,
  editable,
  onChange,
}: {
  item: AgendaItem;
  editable: boolean;
  onChange: (item: AgendaItem) => void;
}) {
  const { decisions } = item;
  const put = (next: AgendaDecision[]) => onChange({ ...item, decisions: next });
  const add = () => {
    const id = newAgendaId();
    drawAndFocus(
      () => put([...decisions, { id, what: '', who: '' }]),
      () => document.getElementById(`decision-${id}`)?.querySelector('input'),
    );
  };
  return (
    <>
      {decisions.length > 0 && (
        <ul className={styles.decisions} aria-label={i18n.t('agenda.decision.title')}>
          {decisions.map((decision, index) =>
            editable ? (
              <Fields
                key={decision.id}
                decision={decision}
                onChange={(next) => put(decisions.with(index, next))}
                onRemove={() => put(decisions.toSpliced(index, 1))}
              />
            ) : (
              <li key={decision.id}>
                <UserName text={wordsOf(decision)} lines={3} />
              </li>
            ),
          )}
        </ul>
      )}
      {editable && decisions.length < MOST && (
        <div className={styles.screen}>
          <Button small look="quiet" icon={Plus} onClick={add}>
            {i18n.t('agenda.decision.add')}
          </Button>
        </div>
      )}
    </>
  );
}

const wordsOf = ({ what, who, until }: AgendaDecision) =>
  [what, who, until && format().date(`${until}T12:00:00.000Z`)].filter(Boolean).join(' · ');

function Fields({
  decision,
  onChange,
  onRemove,
}: {
  decision: AgendaDecision;
  onChange: (decision: AgendaDecision) => void;
  onRemove: () => void;
}) {
  const { until, ...rest } = decision;
  return (
    <li id={`decision-${decision.id}`} className={styles.decision}>
      <TextField
        label={i18n.t('agenda.decision.what')}
        value={decision.what}
        dir="auto"
        maxLength={20_000}
        onChange={({ target }) => onChange({ ...decision, what: target.value })}
      />
      <TextField
        label={i18n.t('agenda.decision.who')}
        value={decision.who}
        dir="auto"
        maxLength={200}
        onChange={({ target }) => onChange({ ...decision, who: target.value })}
      />
      <TextField
        type="date"
        label={i18n.t('agenda.decision.until')}
        value={until ?? ''}
        onChange={({ target }) => onChange(target.value ? { ...rest, until: target.value } : rest)}
      />
      <IconButton
        icon={Trash}
        className={styles.screen}
        label={i18n.t('agenda.decision.remove', { what: decision.what.slice(0, 60) })}
        onClick={onRemove}
      />
    </li>
  );
}
