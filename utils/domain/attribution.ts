import type { LocalText } from '../contract/primitives.ts';
import { DAY_MS } from './instants.ts';

/** What a touch may have brought about; the first touch needs no mark. */
export type AttributionPart = 'lead-creation' | 'opportunity-creation' | 'close';

/** One touch on the way to a customer. */
export interface AttributionTouch {
  at: string;
  parts?: readonly AttributionPart[];
}

export interface AttributionModel {
  id: 'first' | 'last' | 'linear' | 'u-shaped' | 'w-shaped' | 'full-path' | 'time-decay';
  label: LocalText;
  /** The weights in one sentence. */
  definition: LocalText;
  /** What happens on short paths. */
  shortPaths: LocalText;
  sources: readonly string[];
  /**
   * A weight per touch, in the order of the path (oldest first); they sum to 1. Empty for an empty path.
   */
  weights: (path: readonly AttributionTouch[]) => number[];
}

const HUBSPOT = 'knowledge.hubspot.com/reports/understand-attribution-reporting';
const SALESFORCE = 'help.salesforce.com, Marketing Intelligence: multi-touch attribution models';
const THE_WAY_HOW = 'thewayhow.com/learn-something/marketing-attribution-models';
const VERMOREL = 'adriennevermorel.com/articles/sql-attribution-position-based-time-decay';

/** Half-life of the time decay, as Google Analytics had it by default; 14 to 45 days are advised for long cycles. */
const TIME_DECAY_HALF_LIFE_DAYS = 7;

const oneTouch: LocalText = {
  en: 'A single touch gets everything.',
  de: 'Ein einzelner Kontakt erhält alles.',
};
const partsScaled: LocalText = {
  en: 'A touch that plays two parts gets both shares. Parts nobody plays, and the rest when no other touch is left, are left out and the remaining shares scaled to 100 %.',
  de: 'Ein Kontakt mit zwei Rollen erhält beide Anteile. Rollen, die niemand spielt, und der Rest, wenn kein weiterer Kontakt bleibt, entfallen; die übrigen Anteile werden auf 100 % gebracht.',
};

/**
 * The seven models (DESIGN §6), each with what it says of itself in the user interface. Sources read in
 * November 2026. Where they differ: the end point of U is lead creation (HubSpot), not the last touch. For W and
 * full path none says what short paths do; `partsScaled` is our rule, and gives U's 50/50 for two touches that
 * the sources do state.
 */
export const attributionModels: readonly AttributionModel[] = [
  {
    id: 'first',
    label: { en: 'First touch', de: 'Erster Kontakt' },
    definition: { en: '100 % for the first touch.', de: '100 % für den ersten Kontakt.' },
    shortPaths: oneTouch,
    sources: [SALESFORCE, HUBSPOT],
    weights: (path) => path.map((_, index) => (index === 0 ? 1 : 0)),
  },
  {
    id: 'last',
    label: { en: 'Last touch', de: 'Letzter Kontakt' },
    definition: { en: '100 % for the last touch.', de: '100 % für den letzten Kontakt.' },
    shortPaths: oneTouch,
    sources: [SALESFORCE, HUBSPOT],
    weights: (path) => path.map((_, index) => (index === path.length - 1 ? 1 : 0)),
  },
  {
    id: 'linear',
    label: { en: 'Linear', de: 'Linear' },
    definition: { en: 'The same for every touch.', de: 'Für jeden Kontakt dasselbe.' },
    shortPaths: oneTouch,
    sources: [SALESFORCE, HUBSPOT],
    weights: (path) => path.map(() => 1 / path.length),
  },
  {
    id: 'u-shaped',
    label: { en: 'U-shaped', de: 'U-förmig' },
    definition: {
      en: '40 % for the first touch, 40 % for the one that created the lead, 20 % shared by the others.',
      de: '40 % für den ersten Kontakt, 40 % für den, der den Lead brachte, 20 % für die übrigen zusammen.',
    },
    shortPaths: partsScaled,
    sources: [THE_WAY_HOW, VERMOREL],
    weights: (path) => byParts(path, { share: 40, parts: ['lead-creation'], rest: 20 }),
  },
  {
    id: 'w-shaped',
    label: { en: 'W-shaped', de: 'W-förmig' },
    definition: {
      en: '30 % each for the first touch, lead creation and opportunity creation, 10 % shared by the others.',
      de: 'Je 30 % für den ersten Kontakt, den Lead und die Verkaufschance, 10 % für die übrigen zusammen.',
    },
    shortPaths: partsScaled,
    sources: [THE_WAY_HOW],
    weights: (path) =>
      byParts(path, { share: 30, parts: ['lead-creation', 'opportunity-creation'], rest: 10 }),
  },
  {
    id: 'full-path',
    label: { en: 'Full path', de: 'Ganzer Weg' },
    definition: {
      en: '22.5 % each for the first touch, lead creation, opportunity creation and close, 10 % shared by the others.',
      de: 'Je 22,5 % für den ersten Kontakt, den Lead, die Verkaufschance und den Abschluss, 10 % für die übrigen zusammen.',
    },
    shortPaths: partsScaled,
    sources: [THE_WAY_HOW],
    weights: (path) =>
      byParts(path, { share: 22.5, parts: ['lead-creation', 'opportunity-creation', 'close'], rest: 10 }),
  },
  {
    id: 'time-decay',
    label: { en: 'Time decay', de: 'Zeitlicher Verfall' },
    definition: {
      en: 'Half as much for every seven days a touch lies before the last one.',
      de: 'Halb so viel je sieben Tage, die ein Kontakt vor dem letzten liegt.',
    },
    shortPaths: oneTouch,
    sources: [
      'adriennevermorel.com/notes/time-decay-attribution-model',
      'ignyteiq.com/glossary/time-decay-attribution',
    ],
    weights: timeDecay,
  },
];

interface Shares {
  /** Of the first touch and of every part. */
  share: number;
  parts: readonly AttributionPart[];
  /** For all touches together that play no part. */
  rest: number;
}

/**
 * Weights by the parts touches play. Of several touches with one part the first has it. Without a touch for a
 * part its share is left out; without touches that play none the rest is; a touch may play several.
 */
function byParts(path: readonly AttributionTouch[], { share, parts, rest }: Shares): number[] {
  const weights = path.map(() => 0);
  const players = [0, ...parts.map((part) => path.findIndex((touch) => touch.parts?.includes(part)))];
  for (const index of players) if (index in weights) weights[index] = (weights[index] ?? 0) + share;
  const others = weights.filter((weight) => weight === 0).length;
  return toSumOne(weights.map((weight) => (weight === 0 ? rest / others : weight)));
}

/** Only differences count, so it does not matter when the deal was closed. */
function timeDecay(path: readonly AttributionTouch[]): number[] {
  const times = path.map(({ at }) => Date.parse(at));
  const last = times.reduce((a, b) => Math.max(a, b), -Infinity);
  return toSumOne(times.map((time) => 2 ** ((time - last) / (TIME_DECAY_HALF_LIFE_DAYS * DAY_MS))));
}

function toSumOne(weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
