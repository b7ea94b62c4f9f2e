import type { Badge } from '../../utils/extension/messages.ts';
import { words } from './words.ts';

/** The element's name: says whose it is, and no style sheet of a page can mean it. */
export const BADGE = 'tandem-badge';

const EARLY = ['#5f6675', '50%'] as const;
const SALES = ['#0b6e69', '2px'] as const;
const OFF = ['#868d9b', '2px'] as const;
/** One of the panel's colours and a shape for each part of a lead's way, so that none is told by colour alone. */
const LOOKS: Record<NonNullable<Badge['stage']>, readonly [colour: string, radius: string]> = {
  inquiry: EARLY,
  lead: EARLY,
  mql: ['#7a3fa8', '50%'],
  sal: SALES,
  sql: SALES,
  opportunity: ['#0b6e69', '50% 50% 50% 0'],
  customer: ['#17693a', '0 50% 50%'],
  recycled: OFF,
  disqualified: OFF,
};

const RINGS: Partial<Record<Badge['clock'], string>> = {
  'at-risk': 'solid #e0a030',
  breached: 'solid #d02f25',
  paused: 'dotted #868d9b',
};

const drawn = new Map<string, HTMLElement>();
/** A badge's element, to be put first into its anchor. Each look is drawn once and copied then: ten times cheaper. */
export function makeBadge(badge: Badge, place: Place): HTMLElement {
  const key = `${words('language')} ${place} ${lookOf(badge)}`;
  let element = drawn.get(key);
  if (element === undefined) drawn.set(key, (element = draw(badge, place)));
  return element.cloneNode() as HTMLElement;
}

/** The same for badges that look the same. */
export const lookOf = ({ stage, clock, doNotContact }: Badge) => `${stage} ${clock} ${doNotContact}`;

function draw(badge: Badge, place: Place): HTMLElement {
  const [colour, radius] = badge.stage === null ? EARLY : LOOKS[badge.stage];
  const struck = 'linear-gradient(to top right, #0000 40%, #fff 40% 60%, #0000 60%) padding-box, ';
  const label = labelOf(badge);
  const element = document.createElement(BADGE);
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', label);
  element.title = label;
  // Inline styles on our own element hold against any style sheet of the page.
  element.style.cssText = [
    'all:initial',
    ...PLACES[place],
    'box-sizing:border-box',
    'width:10px',
    'height:10px',
    `border:2px ${RINGS[badge.clock] ?? `solid ${colour}`}`,
    `border-radius:${radius}`,
    `background:${badge.doNotContact ? struck : ''}linear-gradient(${colour},${colour}) padding-box`,
    // A rim of its own: the page may be dark, or the row selected in any colour.
    'box-shadow:0 0 0 1px #fff',
    'forced-color-adjust:none',
    'cursor:inherit',
  ]
    .map((declaration) => `${declaration}!important`)
    .join(';');
  return element;
}

function labelOf({ stage, clock, doNotContact }: Badge): string {
  return [
    stage === null ? words('badge.lead') : words(`stage.short.${stage}`),
    clock === 'none' ? '' : words(clock === 'at-risk' ? 'badge.clock.at_risk' : `badge.clock.${clock}`),
    doNotContact ? words('badge.doNotContact') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** To the left of where the anchor's content begins, in its padding, at the height of the first line. */
const ASIDE = [
  'margin:calc((1lh - 10px) / 2) 4px 0 -14px',
  'line-height:inherit',
  'font:inherit',
  'display:block',
];
const PLACES = {
  line: ['margin:0 4px 0 -14px', 'vertical-align:baseline', 'display:inline-block'],
  block: [...ASIDE, 'float:left'],
  other: [...ASIDE, 'position:absolute'],
} as const;
export type Place = keyof typeof PLACES;

/**
 * How a badge stands in an element without moving anything: as a box of no width of its own. A float scrolls
 * with its text, which an absolute box does only where an ancestor is positioned, but cannot be in a flexible
 * box or a row; in a line it would go to the line's beginning.
 */
export function placeIn(anchor: Element): Place {
  const { display } = getComputedStyle(anchor);
  if (display === 'inline') return 'line';
  return /^(?:block|inline-block|list-item|flow-root|table-cell)$/u.test(display) ? 'block' : 'other';
}
