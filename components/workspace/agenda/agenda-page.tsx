import { i18n } from '../../ui/i18n.ts';
import { type Agenda, type AgendaItem, AgendaSection } from '../../../utils/contract/agenda.ts';
import { newAgendaId } from '../../../utils/queries/use-agendas.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { drawAndFocus } from '../../ui/focus.ts';
import { ArrowLeft, CloudOff, Plus, Printer } from '../../ui/icons.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import { UserName } from '../../ui/user-text.tsx';
import { writeAddress } from '../address.ts';
import { ProblemBanner } from '../problem-banner.tsx';
import { AgendaEntry } from './agenda-entry.tsx';
import { monthName } from './agenda-list.tsx';
import styles from './agenda.module.css';
import { type AgendaEditor, useAgendaEditor } from './use-agenda-editor.ts';

interface Props {
  agenda: Agenda;
  editable: boolean;
  /** The hub could not be asked just now. */
  failed: boolean;
}

/** One meeting: what there is to talk about part by part, and what was decided. */
export function AgendaPage({ agenda, editable, failed }: Props) {
  const editor = useAgendaEditor(agenda);
  return (
    <article
      className={styles.view}
      data-state="success"
      data-agenda={agenda.version}
      data-save={editor.state}
    >
      <p className={styles.back}>
        <a href={writeAddress({ part: 'agenda' })}>
          <ArrowLeft size={14} aria-hidden /> {i18n.t('agenda.back')}
        </a>
      </p>
      <header className={styles.head}>
        <div>
          <h2 className={styles.title}>{i18n.t('agenda.of', { month: monthName(agenda.month) })}</h2>
          <p className={styles.meta}>
            <span className={styles.screen}>{i18n.t(`agenda.save.${editable ? editor.state : 'read'}`)}</span>{' '}
            <UserName text={i18n.t('agenda.changedBy', { name: agenda.changedBy.name })} />
          </p>
        </div>
        <Button icon={Printer} className={styles.screen} onClick={() => print()}>
          {i18n.t('agenda.print')}
        </Button>
      </header>
      {failed && (
        <Banner tone="warn" icon={CloudOff}>
          {i18n.t('agenda.away')}
        </Banner>
      )}
      {editor.state === 'failed' && editor.error && <ProblemBanner error={editor.error} />}
      {AgendaSection.options.map((section) => (
        <Section key={section} section={section} agenda={agenda} editor={editor} editable={editable} />
      ))}
    </article>
  );
}

interface OfSection {
  section: AgendaSection;
  agenda: Agenda;
  editor: AgendaEditor;
  editable: boolean;
}

function Section({ section, agenda, editor, editable }: OfSection) {
  const announce = useAnnounce();
  const { items, change } = editor;
  const own = items.filter((item) => item.section === section);
  if (own.length === 0 && !editable) return null;
  const set = (item: AgendaItem) => change(items.map((each) => (each.id === item.id ? item : each)));
  const move = (item: AgendaItem, by: number) => {
    const neighbour = own[own.indexOf(item) + by];
    if (!neighbour) return;
    change(items.map((each) => (each === item ? neighbour : each === neighbour ? item : each)));
    announce(i18n.t('agenda.moved', { place: own.indexOf(item) + by + 1 }));
  };
  const add = () => {
    const item: AgendaItem = { id: newAgendaId(), section, text: '', notes: '', done: false, decisions: [] };
    drawAndFocus(
      () => change([...items, item]),
      () => document.getElementById(`agenda-${item.id}`)?.querySelector('textarea'),
    );
  };
  return (
    <section className={styles.section} data-section={section} data-empty={own.length === 0}>
      <h3 className={styles.subtitle}>{i18n.t(`agenda.section.${section}`)}</h3>
      {own.length === 0 && <p className={styles.meta}>{i18n.t('agenda.nothing')}</p>}
      <ol className={styles.list}>
        {own.map((item, index) => (
          <AgendaEntry
            key={item.id}
            item={item}
            subjects={agenda.subjects}
            theirs={editor.conflicts.get(item.id)}
            editable={editable}
            onChange={set}
            onSettle={(theirs) => editor.settle(item.id, theirs)}
            onMove={{
              up: index > 0 ? () => move(item, -1) : null,
              down: index < own.length - 1 ? () => move(item, 1) : null,
            }}
            onRemove={() => {
              change(items.filter((each) => each !== item));
              announce(i18n.t('agenda.removed'));
            }}
          />
        ))}
      </ol>
      {editable && (
        <div className={styles.screen}>
          <Button small look="quiet" icon={Plus} onClick={add}>
            {i18n.t('agenda.add')}
          </Button>
        </div>
      )}
    </section>
  );
}
