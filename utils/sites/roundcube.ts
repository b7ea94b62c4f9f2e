import type { PageReading } from '../contract/page-reading.ts';
import { addressIn, all, fieldText, mailtoIn } from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, type Page } from './site.ts';

/** Seen in Roundcube 1.6's own pages with the skin Elastic, and in Larry's templates (2026-11). */
const selectors = {
  /** The login name; Larry's is the second. It need not be an address. */
  login: ['.header-title.username', '.topright .username'],
  /** The identities, chosen one and others: own addresses all of them. */
  identities: ['select[name="_from"]'],
  row: ['#messagelist tbody > tr.message'],
  person: ['.fromto .rcmContactAddress', '.to .rcmContactAddress', '.from .rcmContactAddress'],
  /** Where a row's name begins: Elastic stacks it over the subject, with room before it; Larry has a column. */
  anchor: ['td.subject .fromto', 'td.fromto'],
  /** In these folders the column names whom a mail is for; the class is the same in every language. */
  outgoing: ['#mailboxlist li.sent.selected', '#mailboxlist li.drafts.selected'],
  /** Attached mails repeat such tables within the message's body, so the header's own box comes first. */
  sender: [
    '#message-header td.header.from .rcmContactAddress',
    '#messageheader td.header.from .rcmContactAddress',
  ],
  recipient: ['to', 'cc', 'bcc'].flatMap((field) => [
    `#message-header td.header.${field} .rcmContactAddress`,
    `#messageheader td.header.${field} .rcmContactAddress`,
  ]),
  /** The field itself, which Elastic hides behind chips. */
  draftField: ['textarea[name="_to"]', 'textarea[name="_cc"]', 'textarea[name="_bcc"]'],
  chipped: ['[data-recipient-input]'],
  chip: ['ul.recipient-input li.recipient'],
};
type View = Page<typeof selectors>;

export const roundcube = defineSite({
  id: 'roundcube',
  label: 'Roundcube',
  kind: 'mail',
  matches: [],
  signs: ['script[src*="program/js/app."]', 'script[src*="program/js/app.min."]'],
  frames: true,
  dock: {
    top: 0,
    right: 0,
    bottom: 0,
    reserve: [
      ['#layout', 'max-width'],
      ['#mainscreen', 'margin-right'],
    ],
  },
  selectors,
  read,
  rows: (page) => {
    const { own } = mailboxOf(page);
    return rowsOf(page).map(({ anchor, sightings }) => ({ anchor, people: gatherPeople(sightings, own) }));
  },
  root: (document) => document.body,
  expectsPeople: (url) => isMail(url) && url.searchParams.has('_uid'),
  route: (url) =>
    ['_task', '_action', '_mbox', '_uid', '_id'].map((name) => url.searchParams.get(name)).join(' '),
  attributes: ['class', 'title', 'href', 'id'],
});

const isMail = ({ searchParams }: URL) => searchParams.get('_task') === 'mail';

function read(page: View): PageReading | null {
  const { document, url, select } = page;
  if (!isMail(url)) return null;
  const { account, own } = mailboxOf(page);
  const reading = (view: PageReading['view'], viewId: string | undefined, sightings: Sighting[]) =>
    sightings.length > 0 ? makeReading(roundcube, view, { viewId, account, own, sightings }) : null;
  // Every message and every draft is a document of its own, so the address is as near to it as anything.
  const { searchParams } = url;
  switch (searchParams.get('_action')) {
    case 'compose':
      return reading('compose', searchParams.get('_id') ?? undefined, draftOf(page));
    case 'show':
    case 'preview': {
      const people = [
        ...all(document, ...select.sender).map(sightingAs('sender')),
        ...all(document, ...select.recipient).map(sightingAs('recipient')),
      ];
      return reading('thread', `${searchParams.get('_mbox')}/${searchParams.get('_uid')}`, people);
    }
    default:
      return reading(
        'list',
        undefined,
        rowsOf(page).flatMap(({ sightings }) => sightings),
      );
  }
}

/** A contact's link. What it shows may be another's address; Roundcube itself then trusts the link. */
const sightingAs =
  (role: Sighting['role']) =>
  (contact: Element): Sighting => ({
    role,
    addresses: [mailtoIn(contact.getAttribute('href')), contact.getAttribute('title')],
    names: [contact.textContent],
  });

function rowsOf({ document, select }: View): { anchor: Element; sightings: Sighting[] }[] {
  const role = all(document, ...select.outgoing).length > 0 ? 'recipient' : 'list-sender';
  return all(document, ...select.row).map((row) => ({
    anchor: all(row, ...select.anchor)[0] ?? row,
    sightings: all(row, ...select.person).map(sightingAs(role)),
  }));
}

/** Those a draft is for: as chips, each confirmed by the field itself; without chips what is typed to its end. */
function draftOf({ document, select }: View): Sighting[] {
  return all(document, ...select.draftField).flatMap((field) => {
    const typed = fieldText(field).split(/[,;]/u);
    const addresses = new Set(typed.map(addressIn));
    const recipients = field.matches(select.chipped.join())
      ? all(field.parentElement, ...select.chip)
          .map((chip) => chip.getAttribute('title') ?? fieldText(chip).replace(/,$/u, ''))
          .filter((chip) => addresses.has(addressIn(chip)))
      : typed.slice(0, -1);
    return recipients.map((recipient): Sighting => ({
      role: 'draft-recipient',
      addresses: [recipient],
      names: [recipient],
    }));
  });
}

/** Whose mailbox this is, and every address known to be the user's, in lower case. */
function mailboxOf({ document, select }: View): { account: string | undefined; own: Set<string> } {
  const identities = all(document, ...select.identities).flatMap((field) => {
    const { options, selectedIndex } = field as HTMLSelectElement;
    const addresses = [...options].map((option) => addressIn(option.textContent));
    return [addresses[selectedIndex], ...addresses];
  });
  const logins = [
    ...all(document, ...select.login).map((login) => addressIn(login.textContent)),
    loginIn(document),
  ];
  const own = [...logins, ...identities].filter((address) => address !== undefined);
  return { account: own[0], own: new Set(own.map((address) => address.toLowerCase())) };
}

/** Only lists show the login name; every page has it among the settings it starts with (1.6, 2026-11). */
function loginIn(document: Document): string | undefined {
  for (const { textContent: script } of document.scripts) {
    const at = script?.indexOf('rcmail.set_env({') ?? -1;
    const [, name] =
      (at >= 0 && /"username":"([^"\\]{1,320})"/u.exec(script?.slice(at, at + MAX_SETTINGS) ?? '')) || [];
    if (name !== undefined) return addressIn(name);
  }
  return undefined;
}

const MAX_SETTINGS = 200_000;
