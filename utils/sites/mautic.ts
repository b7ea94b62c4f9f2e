import type { PageReading } from '../contract/page-reading.ts';
import { addressIn, all } from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, type Page } from './site.ts';

/** From the templates of Mautic 5 to 7 (mautic/mautic, LeadBundle and CoreBundle, 2026-11). */
const selectors = {
  /** What every navigation replaces; dialogs stand beside it. */
  content: ['#app-content'],
  name: ['.page-header .span-block', '.page-header h1', '.page-header h3'],
  /** The contact's own actions name its id; the one that writes a mail its address, too, in any language. */
  write: ['a[href*="/s/contacts/email/"][data-header]'],
  edit: ['a[href*="/s/contacts/edit/"]'],
  /** The details at the side; their labels are translated. */
  detail: ['h6 + p.text-muted'],
  row: ['tr', '.contact-cards'],
  rowName: ['td > a[href*="/s/contacts/view/"]', 'h4 > a[href*="/s/contacts/view/"]'],
};
type View = Page<typeof selectors>;

export const mautic = defineSite({
  id: 'mautic',
  label: 'Mautic',
  kind: 'crm',
  matches: [],
  signs: ['#MauticSharedModal'],
  dock: { top: 60, right: 0, bottom: 0, reserve: [['#app-content', 'margin-right']] },
  selectors,
  read,
  rows: (page) =>
    contactIn(page.url.pathname) === undefined
      ? rowsOf(page).map(({ anchor, sighting }) => ({ anchor, people: gatherPeople([sighting], new Set()) }))
      : [],
  root: (document) => document.querySelector('#app-content'),
  expectsPeople: (url) => contactIn(url.pathname) !== undefined,
  route: (url) => url.pathname,
  attributes: ['href', 'data-header'],
});

function read(page: View): PageReading | null {
  const { url, select } = page;
  const id = contactIn(url.pathname);
  if (id === undefined) {
    const sightings = rowsOf(page).map(({ sighting }) => sighting);
    return sightings.length > 0 ? makeReading(mautic, 'list', { sightings }) : null;
  }
  const content = contentOf(page);
  const actions = all(content, ...select.write, ...select.edit);
  const shown = new Set(actions.map((action) => contactIn(action.getAttribute('href'))));
  // Without its own actions a contact cannot be told from the one before.
  if (shown.size !== 1 || !shown.has(id)) return null;
  const address = writtenTo(all(content, ...select.write)[0]);
  const sighting: Sighting = {
    role: 'record',
    addresses: [
      address,
      ...(address ? all(content, ...select.detail).map((detail) => detail.textContent) : []),
    ],
    names: all(content, ...select.name).map((name) => name.textContent),
    record: recordOf(url, id),
  };
  return makeReading(mautic, 'record', { viewId: id, sightings: [sighting] });
}

function rowsOf(page: View): { anchor: Element; sighting: Sighting }[] {
  const { select, url } = page;
  return all(contentOf(page), ...select.row).flatMap((row) => {
    const [name] = all(row, ...select.rowName);
    const id = contactIn(name?.getAttribute('href'));
    if (name === undefined || id === undefined) return [];
    const own = all(row, ...select.write).filter((action) => contactIn(action.getAttribute('href')) === id);
    return {
      anchor: name.parentElement ?? row,
      sighting: {
        role: 'record' as const,
        addresses: own.map(writtenTo),
        names: [(name.firstElementChild ?? name).textContent],
        record: recordOf(url, id),
      },
    };
  });
}

const contentOf = ({ document, select }: View) => all(document, ...select.content)[0];

/** The contact that an address or a link is about. */
const contactIn = (path: string | null | undefined) =>
  /\/s\/contacts\/(?:view|edit|email)\/(\d+)(?=[/?]|$)/u.exec(path ?? '')?.[1];

const recordOf = (url: URL, id: string) => ({ system: 'mautic', tenant: url.host, type: 'contact', id });

/** The address in the heading of the dialog that writes a mail ("Send email to ann@example.com"). */
function writtenTo(action: Element | undefined): string | undefined {
  const words = action?.getAttribute('data-header')?.split(/[\s"“”„:]+/u) ?? [];
  const addresses = words.map(addressIn).filter((address) => address !== undefined);
  return addresses.length === 1 ? addresses[0] : undefined;
}
