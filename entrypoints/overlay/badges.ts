import type { Badge } from '../../utils/extension/messages.ts';
import type { Row } from '../../utils/sites/site.ts';
import type { createBadgeAnswers } from './badge-answers.ts';
import { BADGE, paint, placeIn } from './badge-mark.ts';

/** The most urgent first: of several leads in a row, the badge is about the one that cannot wait. */
const URGENCY: readonly Badge['clock'][] = ['breached', 'at-risk', 'running', 'paused', 'met', 'none'];
/** A page that takes our badge out of an element so often does not want it there. */
const GIVE_UP_AFTER = 10;

interface Mark {
  element: HTMLElement;
  place: readonly string[];
  drawn: string;
}

/** The marks in lists that say which rows are leads. `look` has the page read again, soon. */
export function createBadges(answers: ReturnType<typeof createBadgeAnswers>, look: () => void) {
  const marks = new Map<Element, Mark>();
  const elements = new Set<Node>();
  const losses = new WeakMap<Element, number>();

  const erase = (anchor: Element) => {
    const mark = marks.get(anchor);
    if (mark === undefined) return;
    marks.delete(anchor);
    elements.delete(mark.element);
    mark.element.remove();
  };
  const draw = (anchor: Element, badge: Badge) => {
    const before = marks.get(anchor);
    const lost = before !== undefined && anchor.firstChild !== before.element;
    const count = (losses.get(anchor) ?? 0) + (lost ? 1 : 0);
    if (lost) losses.set(anchor, count);
    if (count >= GIVE_UP_AFTER) return erase(anchor);
    const mark = before ?? { element: document.createElement(BADGE), place: placeIn(anchor), drawn: '' };
    const drawn = `${badge.stage} ${badge.clock} ${badge.doNotContact}`;
    if (drawn !== mark.drawn) paint(mark.element, badge, mark.place);
    mark.drawn = drawn;
    marks.set(anchor, mark);
    elements.add(mark.element);
    if (anchor.firstChild !== mark.element) anchor.prepend(mark.element);
  };

  return {
    /** Draws what is known of these rows, takes every other badge away, and asks about the rest. */
    show(rows: readonly Row[]): void {
      const anchors = new Set<Element>();
      for (const { anchor, people } of rows) {
        const badge = mostUrgent(people.map((person) => (person.uncertain ? null : answers.of(person))));
        if (badge === null) continue;
        anchors.add(anchor);
        draw(anchor, badge);
      }
      for (const anchor of marks.keys()) if (!anchors.has(anchor)) erase(anchor);
      // Copies of a row that the page has made say of its next person what was true of the last.
      for (const stray of [...document.getElementsByTagName(BADGE)]) {
        if (!elements.has(stray)) stray.remove();
      }
      const people = rows.flatMap((row) => row.people).filter((person) => !person.uncertain);
      // By the time of the answer the rows may show others.
      void answers.ask(people).then((news) => news && look());
    },
    clear(): void {
      for (const anchor of marks.keys()) erase(anchor);
    },
    /** Whether a node is a badge where we have put it or that we took away ourselves. */
    isOwn: (node: Node): boolean =>
      node.nodeName === BADGE.toUpperCase() && (node.isConnected || !elements.has(node)),
  };
}

function mostUrgent(badges: readonly (Badge | null | undefined)[]): Badge | null {
  const known = badges.filter((badge) => badge != null);
  return known.sort((a, b) => URGENCY.indexOf(a.clock) - URGENCY.indexOf(b.clock))[0] ?? null;
}
