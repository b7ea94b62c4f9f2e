import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Agenda, AgendaItem } from '../../../utils/contract/agenda.ts';
import { mergeAgenda } from '../../../utils/domain/merge-agenda.ts';
import { useAgendaActions } from '../../../utils/queries/use-agendas.ts';

/** Who types is not interrupted; who is done does not wait. */
const SAVE_AFTER_MS = 800;
const RETRY_AFTER_MS = 5_000;

interface Editing {
  /** What the hub had when the two last agreed. */
  base: Agenda;
  items: readonly AgendaItem[];
  /** By id, theirs of what somebody else has changed at the same time. */
  conflicts: ReadonlyMap<string, AgendaItem>;
}

/** An agenda as somebody is changing it: kept by itself, and brought together with what others change meanwhile. */
export function useAgendaEditor(agenda: Agenda) {
  const { save } = useAgendaActions();
  const [stored, setEditing] = useState<Editing>({ base: agenda, items: agenda.items, conflicts: new Map() });
  // Derived while rendering, so that what the hub has is never shown a moment late.
  const sent = save.variables?.items;
  const editing = agenda.version > stored.base.version ? received(stored, agenda, sent) : stored;
  if (editing !== stored) setEditing(editing);
  const { base, items, conflicts } = editing;
  const dirty = !sameItems(items, base.items);

  const underWay = useRef<Promise<Agenda>>(undefined);
  const send = useEffectEvent(() => {
    if (!dirty || save.isPending) return;
    underWay.current = save.mutateAsync({ id: base.id, version: base.version, items: [...items] });
    // `save` itself says what went wrong.
    underWay.current.catch(() => undefined);
  });
  const wait = save.isError ? RETRY_AFTER_MS : SAVE_AFTER_MS;
  useEffect(() => {
    if (!dirty || save.isPending) return undefined;
    const timer = setTimeout(() => send(), wait);
    return () => clearTimeout(timer);
  }, [dirty, items, base.version, save.isPending, wait, save.failureCount]);
  // Who leaves the page has not to wait until it is kept: what was written since the last sending follows it.
  const leave = useEffectEvent(() => {
    if (!save.isPending) return send();
    if (!dirty || sent === undefined || sameItems(sent, items)) return;
    const rest = [...items];
    underWay.current
      ?.then(({ id, version }) => save.mutateAsync({ id, version, items: rest }))
      .catch(() => undefined);
  });
  useEffect(() => () => leave(), []);

  return {
    items,
    conflicts,
    state: dirty ? (save.isError ? ('failed' as const) : ('saving' as const)) : ('saved' as const),
    error: dirty ? save.error : null,
    change: (next: readonly AgendaItem[]) => setEditing({ ...editing, items: next }),
    /** Decides what both have changed: ours as it stands, or theirs. */
    settle: (id: string, theirs: boolean) => {
      const their = conflicts.get(id);
      const left = new Map([...conflicts].filter(([other]) => other !== id));
      const next = theirs && their ? items.map((item) => (item.id === id ? their : item)) : items;
      setEditing({ ...editing, items: next, conflicts: left });
    },
  };
}
export type AgendaEditor = ReturnType<typeof useAgendaEditor>;

function received(
  { base, items, conflicts }: Editing,
  agenda: Agenda,
  sent: readonly AgendaItem[] | undefined,
): Editing {
  // What came back is ours: whatever was written since goes on from there.
  if (sent && sameItems(sent, agenda.items)) return { base: agenda, items, conflicts };
  const merged = mergeAgenda(base.items, items, agenda.items);
  return { base: agenda, items: merged.items, conflicts: new Map([...conflicts, ...merged.conflicts]) };
}

const sameItems = (one: readonly AgendaItem[], other: readonly AgendaItem[]) =>
  one === other || JSON.stringify(one) === JSON.stringify(other);
