import { siteFor } from '../../utils/sites/index.ts';
import { pageOf, type Row } from '../../utils/sites/site.ts';

export { readPage } from '../../utils/sites/index.ts';

/** The rows of a page for their badges, as the content script asks for them. */
export function rowsOf(document: Document, url: URL): Row[] {
  const site = siteFor(url);
  return site?.rows?.(pageOf(site, document, url)) ?? [];
}
