import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds wrong with a page, without its frames: each rule with its elements. In the dark scheme it looks at
 * colours alone, because roles and names are the same in both: look at the light one, too.
 */
export async function violationsOf(page: Page, colorScheme: 'light' | 'dark' = 'light'): Promise<string[][]> {
  // Legacy mode looks at this one document, without a second page to gather what frames report. To describe
  // what is right, too, takes as long as to look.
  const options = {
    resultTypes: ['violations' as const],
    ...(colorScheme === 'dark' && { runOnly: ['color-contrast'] }),
  };
  const { violations } = await new AxeBuilder({ page })
    .exclude('iframe')
    .setLegacyMode()
    .options(options)
    .analyze();
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
}
