import { z } from 'zod';
import { Id, Instant, Label, Slug } from './primitives.ts';

/** Selectors by the name a site's reader asks for, the most trusted of each list first. */
export const PackSelectors = z
  .record(z.string().regex(/^\w{1,64}$/, 'is no name of a selector'), z.array(Label.max(300)).min(1).max(10))
  .refine((selectors) => Object.keys(selectors).length <= 100, 'holds more than 100 names');
export type PackSelectors = z.infer<typeof PackSelectors>;

/**
 * Selectors that take the place of a site's own of the same name, so that a site that has changed is read again
 * without a new version of the extension. Data, never code.
 */
export const SelectorPack = z.object({
  /** The id of a site. */
  site: Slug,
  selectors: PackSelectors,
  /** Counts up with every change of this site's pack, also when it was removed in between. */
  version: z.int().positive(),
  at: Instant,
  by: z.object({ id: Id, name: Label }),
});
export type SelectorPack = z.infer<typeof SelectorPack>;

export const NewSelectorPack = SelectorPack.pick({ selectors: true });
export type NewSelectorPack = z.infer<typeof NewSelectorPack>;
