import { useId, useState } from 'react';
import { i18n } from '../../ui/i18n.ts';
import type { Agenda, AgendaItem } from '../../../utils/contract/agenda.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ArrowDown, ArrowUp, CircleAlert, Pencil, Trash } from '../../ui/icons.ts';
import { UserText } from '../../ui/user-text.tsx';
import form from '../inbox/answer-form.module.css';
import { AgendaSubject } from './agenda-subject.tsx';
import styles from './agenda.module.css';
import { Decisions } from './decisions.tsx';

interface Props {
  item: AgendaItem;
  subjects: Agenda['subjects'];
  /** What somebody else has made of it at the same time. */
  theirs: AgendaItem | undefined;
  editable: boolean;
  onChange: (item: AgendaItem) => void;
  onSettle: (theirs: boolean) => void;
  /** Null where there is no way. */
  onMove: { up: (() => void) | null; down: (() => void) | null };
  onRemove: () => void;
}

/** One thing to talk about: what it is, what was said about it, and who does what. */
export function AgendaEntry({
  item,
  subjects,
  theirs,
  editable,
  onChange,
  onSettle,
  onMove,
  onRemove,
}: Props) {
  const id = useId();
  const { source, text, notes, done } = item;
  const own = !source;
  const [writing, setWriting] = useState(false);
  return (
    <li id={`agenda-${item.id}`} className={styles.entry} data-done={done} data-item={item.id}>
      <input
        type="checkbox"
        className={styles.tick}
        aria-labelledby={`${id}-what`}
        checked={done}
        disabled={!editable}
        onChange={({ target }) => onChange({ ...item, done: target.checked })}
      />
      <div className={styles.body}>
        <div id={`${id}-what`} className={styles.what}>
          {text !== '' && !(editable && (own || writing)) && <UserText text={text} lines={8} limit={1000} />}
          {source && <AgendaSubject source={source} subjects={subjects} />}
          {/* In a field it names nothing: the box before it still needs a name. */}
          {own && (editable || text === '') && (
            <span className="visually-hidden">{text || i18n.t('agenda.empty')}</span>
          )}
        </div>
        {editable && (own || writing) && (
          <Words
            label={i18n.t('agenda.text')}
            value={text}
            onChange={(value) => onChange({ ...item, text: value })}
          />
        )}
        {theirs && <Theirs theirs={theirs} onSettle={onSettle} />}
        {editable ? (
          <Words
            label={i18n.t('agenda.notes')}
            value={notes}
            onChange={(value) => onChange({ ...item, notes: value })}
          />
        ) : (
          notes !== '' && <UserText text={notes} lines={8} limit={1000} />
        )}
        <Decisions item={item} editable={editable} onChange={onChange} />
      </div>
      {editable && (
        <div className={`${styles.tools} ${styles.screen}`}>
          {!own && (
            <IconButton
              icon={Pencil}
              label={i18n.t('agenda.write')}
              aria-pressed={writing}
              onClick={() => setWriting(!writing)}
            />
          )}
          <IconButton
            icon={ArrowUp}
            label={i18n.t('agenda.up')}
            disabled={!onMove.up}
            onClick={() => onMove.up?.()}
          />
          <IconButton
            icon={ArrowDown}
            label={i18n.t('agenda.down')}
            disabled={!onMove.down}
            onClick={() => onMove.down?.()}
          />
          <IconButton icon={Trash} label={i18n.t('agenda.remove')} onClick={onRemove} />
        </div>
      )}
    </li>
  );
}

function Words({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  return (
    <textarea
      className={`${form.field} ${styles.words}`}
      rows={1}
      dir="auto"
      maxLength={20_000}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

/** Both have changed the same: ours stands above, theirs here, until somebody says which it is to be. */
function Theirs({ theirs, onSettle }: { theirs: AgendaItem; onSettle: (theirs: boolean) => void }) {
  const { text, notes, decisions } = theirs;
  const words = [
    text,
    notes,
    ...decisions.map(({ what, who, until }) => [what, who, until].filter(Boolean).join(', ')),
  ];
  return (
    <Banner tone="warn" icon={CircleAlert}>
      <p>{i18n.t('agenda.theirs')}</p>
      <UserText text={words.filter((each) => each !== '').join('\n') || i18n.t('agenda.empty')} lines={8} />
      <div className={form.buttons}>
        <Button small onClick={() => onSettle(true)}>
          {i18n.t('agenda.takeTheirs')}
        </Button>
        <Button small onClick={() => onSettle(false)}>
          {i18n.t('agenda.keepOurs')}
        </Button>
      </div>
    </Banner>
  );
}
