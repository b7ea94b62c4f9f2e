import { z } from 'zod';
import { PageReading, PersonOnPage, ReaderTally } from '../contract/page-reading.ts';
import { Instant } from '../contract/primitives.ts';
import { Stage } from '../contract/stage.ts';

export const SiteId = z.string().max(64);

/** A match pattern of a whole origin; it covers every port of its host. */
export const OriginPattern = z.string().regex(/^https?:\/\/[^/*]*(?:\*\.)?[^/*]+\/\*$/u);

/** Selectors in place of a site's own: from the hub's pack, or what the user has pointed at. */
export const SelectorTable = z.record(z.string().max(64), z.array(z.string().max(1000)).max(50));
export type SelectorTable = z.infer<typeof SelectorTable>;

/** Why nothing is read or matched; see DESIGN §8. */
export const Darkness = z.enum([
  'signed-out',
  'paused',
  'switched-off',
  /** The page does not say whose mailbox it shows. */
  'unknown-mailbox',
  'private-mailbox',
]);
export type Darkness = z.infer<typeof Darkness>;

/** A site where the user has switched it on: all of its own origins, or one that the user has named. */
export const SwitchedOn = z.object({
  id: z.string(),
  patterns: z.array(OriginPattern),
  /** False while the browser has not granted the origins, or has taken them back. */
  granted: z.boolean(),
});

/** A site as the settings and the popup offer it. */
export const SiteState = z.object({
  id: SiteId,
  label: z.string(),
  kind: z.enum(['mail', 'crm']),
  /** Comes with the extension; such a site is switched off by a setting. */
  core: z.boolean(),
  off: z.boolean(),
  /** The pages it came with are taken from it: the browser's user can do that. */
  revoked: z.literal(true).exactOptional(),
  /** Its own origins; empty where every company has its own. */
  patterns: z.array(OriginPattern),
  on: z.array(SwitchedOn),
});
export type SiteState = z.infer<typeof SiteState>;

/** Somebody on the page, as the popup counts or names them. */
export const Passer = PersonOnPage.pick({ email: true, name: true, role: true });
export type Passer = z.infer<typeof Passer>;

/** Where the user is, whether Tandem works there and if not, why. */
export const Here = z.object({
  tabId: z.int().nullable(),
  /** Host and port; `null` where the browser lets no extension in. */
  host: z.string().nullable(),
  /** What to ask the browser for, to work at this very address. */
  pattern: OriginPattern.nullable(),
  /** The same for the site the page has been recognised as: all of its own, where this address is one of them. */
  patterns: z.array(OriginPattern),
  /** The site that works here, or that the page has been recognised as. */
  site: SiteId.nullable(),
  /** By which of `SiteState.on` it works here; absent where it came with the extension. */
  entry: z.string().exactOptional(),
  state: z.enum([
    ...Darkness.options,
    'not-a-page',
    /** No site is switched on here. */
    'not-on',
    /** It came with the extension, and the browser's user has taken its pages back. */
    'revoked',
    /** Switched on, but the page was loaded before. */
    'reload',
    /** People should be here and nobody was found. */
    'not-understood',
    'works',
  ]),
  account: PageReading.shape.account,
  view: PageReading.shape.view.nullable(),
  leads: z.array(z.object({ key: z.string(), name: z.string(), stage: Stage.nullable() })),
  /** How many others are on the page. */
  others: z.int().nonnegative(),
  /** How the panel stands; `null` while none is docked. */
  panel: z.enum(['open', 'folded']).nullable(),
});
export type Here = z.infer<typeof Here>;

/** What a site's reader last said of a page, without anybody's data. */
export const SiteReport = z.object({
  site: SiteId,
  at: Instant,
  /** `null`: nobody was there to be read. */
  view: PageReading.shape.view.nullable(),
  people: z.int().nonnegative(),
  readers: z.array(ReaderTally),
  /** The selector pack in use; absent: the selectors that came with the extension. */
  packVersion: z.int().exactOptional(),
});
export type SiteReport = z.infer<typeof SiteReport>;
