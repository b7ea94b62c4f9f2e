import type { Badge } from '../../utils/extension/messages.ts';
import type { Row } from '../../utils/sites/site.ts';
import type { createBadgeAnswers } from './badge-answers.ts';
import { BADGE, lookOf, makeBadge, type Place, placeIn } from './badge-mark.ts';

/** The most urgent first: of several leads in a row, the badge is about the one that cannot wait. */
const URGENCY: readonly Badge['clock'][] = ['breached', 'at-risk', 'running', 'paused', 'met', 'none'];
/** A page that takes our badge out of an element so often does not want it there. */
const GIVE_UP_AFTER = 10;

interface Mark {
  element: HTMLElement;
  place: Place;
  look: string;
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
  const draw = (anchor: Element, badge: Badge, place: Place) => {
    const mark = marks.get(anchor);
    const look = lookOf(badge);
    const stands = mark !== undefined && anchor.firstChild === mark.element;
    if (stands && mark.look === look) return;
    const lost = (losses.get(anchor) ?? 0) + (mark !== undefined && !stands ? 1 : 0);
    losses.set(anchor, lost);
    erase(anchor);
    if (lost >= GIVE_UP_AFTER) return;
    const element = makeBadge(badge, place);
    marks.set(anchor, { element, place, look });
    elements.add(element);
    anchor.prepend(element);
  };

  return {
    /** Draws what is known of these rows, takes every other badge away, and asks about the rest. */
    show(rows: readonly Row[]): void {
      const wanted = new Map<Element, { badge: Badge; place: Place }>();
      for (const { anchor, people } of rows) {
        const badge = mostUrgent(people.map((person) => (person.uncertain ? null : answers.of(person))));
        if (badge === null) continue;
        // All styles are asked for before the first badge changes any.
        wanted.set(anchor, { badge, place: marks.get(anchor)?.place ?? placeIn(anchor) });
      }
      for (const [anchor, { badge, place }] of wanted) draw(anchor, badge, place);
      for (const anchor of marks.keys()) if (!wanted.has(anchor)) erase(anchor);
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
