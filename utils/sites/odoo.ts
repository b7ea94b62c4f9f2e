import type { PageReading } from '../contract/page-reading.ts';
import type { ExternalId } from '../contract/primitives.ts';
import { all, fieldText, mailtoIn, visibility } from './dom.ts';
import { gatherPeople, makeReading, type Sighting } from './people.ts';
import { defineSite, type Page } from './site.ts';

/** Seen in Odoo 19's own pages (2026-11) and, for 13 to 18, in its views' source (odoo/odoo, 2026-11). */
const selectors = {
  /** Dialogs, pop-overs and chat windows stand beside it, never in it. */
  main: ['.o_action_manager'],
  form: ['.o_form_view'],
  /** The class that the form of leads and opportunities gives itself, whatever action opened it. */
  leadForm: ['.o_lead_opportunity_form'],
  /** Other records within a form, and what people wrote about this one. */
  inner: [
    '.o_field_x2many',
    '.o_field_one2many',
    '.o_kanban_record',
    '.o_data_row',
    '.o-mail-Chatter',
    '.o_Chatter',
    '.oe_chatter',
  ],
  hidden: ['.o_invisible_modifier'],
  email: [
    '.o_field_widget[name="email_from"]',
    '.o_field_widget[name="partner_address_email"]',
    '.o_field_widget[name="email"]',
  ],
  /** Not a lead's `name`: that is its subject. */
  leadName: ['[name="contact_name"]', '[name="partner_id"]', '[name="partner_name"]'],
  contactName: ['.o_field_widget[name="name"]'],
  /** The record's own picture: its address names the contact. */
  ownPicture: ['[name="avatar_128"] img', '[name="image_1920"] img', '[name="image_128"] img'],
  row: ['.o_list_view tr.o_data_row'],
  cell: ['td[name="email_from"]', 'td[name="email"]', 'td[name="email_normalized"]'],
  nameCell: ['td[name="contact_name"]', 'td[name="complete_name"]', 'td[name="partner_id"]'],
  /** Where a line begins for the eye, behind its box to tick and its picture. */
  anchorCell: ['td[name="complete_name"]', 'td[name="display_name"]', 'td[name="name"]', 'td.o_data_cell'],
  card: ['.o_kanban_view .o_kanban_record[data-id]'],
  cardName: ['main .fw-bold', '.o_kanban_record_title'],
  /** The contact a card of the pipeline is about. */
  customer: ['[name="partner_id"] img'],
};
type View = Page<typeof selectors>;

/** The first part of an action's own address, from version 18 on; other actions name themselves by number. */
const MODELS: Partial<Record<string, string>> = {
  crm: 'crm.lead',
  'crm.lead': 'crm.lead',
  contacts: 'res.partner',
  'res.partner': 'res.partner',
};

export const odoo = defineSite({
  id: 'odoo',
  label: 'Odoo',
  kind: 'crm',
  matches: ['https://*.odoo.com/*'],
  signs: ['body.o_web_client .o_main_navbar'],
  dock: {
    top: 46,
    right: 0,
    bottom: 0,
    reserve: [['.o_action_manager', 'max-width']],
    avoid: ['.o-mail-ChatWindow', '.o_notification_manager'],
  },
  selectors,
  read,
  rows: (page) =>
    rowsOf(page).map(({ anchor, sighting }) => ({ anchor, people: gatherPeople([sighting], NOBODY) })),
  root: (document) => document.querySelector('.o_action_manager'),
  expectsPeople: (url) =>
    MODELS[addressed(url).action ?? ''] !== undefined && addressed(url).id !== undefined,
  route: (url) => {
    const { action, id, view } = addressed(url);
    return [url.pathname, action, id, view].join(' ');
  },
  attributes: ['href', 'src', 'name', 'data-tooltip', 'class'],
});

/** The web client shows whose session it is by name only. */
const NOBODY: ReadonlySet<string> = new Set();

function read(page: View): PageReading | null {
  const { id } = addressed(page.url);
  const [form, ...others] = all(main(page), ...page.select.form);
  if (form !== undefined) return others.length === 0 && id !== undefined ? readForm(page, form, id) : null;
  const sightings = id === undefined ? rowsOf(page).map(({ sighting }) => sighting) : [];
  return sightings.length > 0 ? makeReading(odoo, 'list', { sightings }) : null;
}

function readForm({ select, url }: View, form: Element, id: string): PageReading | null {
  const shown = visibility([...select.inner, ...select.hidden].join());
  const within = (list: readonly string[]) => all(form, ...list).filter(shown);

  const picture = within(select.ownPicture)
    .map(contactIn)
    .find((contact) => contact !== undefined);
  const model =
    MODELS[addressed(url).action ?? ''] ??
    (all(form.parentElement, ...select.leadForm).length > 0 ? 'crm.lead' : undefined) ??
    (picture === id ? 'res.partner' : undefined);
  // The picture of another contact: the page is about to change.
  if (model === 'res.partner' && picture !== undefined && picture !== id) return null;

  const emails = within(select.email);
  const links = emails.map((field) => mailtoIn(linkOf(field)?.getAttribute('href')));
  const names = within(model === 'crm.lead' ? select.leadName : select.contactName);
  const sighting: Sighting = {
    role: 'record',
    addresses: [...links, ...emails.filter(isEdited).map(fieldText)],
    names: names.map(fieldText),
    ...(model !== undefined && { record: recordOf(url, model, id) }),
  };
  // Nothing else in the form says which record it shows, but two seldom have one address.
  const viewId = picture ?? links.find((address) => address !== undefined);
  return makeReading(odoo, 'record', { viewId, sightings: [sighting] });
}

interface Line {
  anchor: Element;
  sighting: Sighting;
}

/** The lines of a list, or the cards of a board. None beside an open form: the lines in one are of other records. */
function rowsOf(page: View): Line[] {
  const { select } = page;
  const view = main(page);
  if (all(view, ...select.form).length > 0) return [];
  return [
    ...all(view, ...select.row).map((row) => lineOf(page, row)),
    ...all(view, ...select.card).map((card) => cardOf(page, card)),
  ];
}

function lineOf({ select, url }: View, row: Element): Line {
  const cell = first(row, select.cell);
  const contact = contactIn(first(row, select.ownPicture));
  return {
    anchor: first(row, select.anchorCell) ?? row,
    sighting: {
      role: 'record',
      addresses: [
        mailtoIn(linkOf(cell)?.getAttribute('href')),
        cell?.getAttribute('data-tooltip'),
        cell?.getAttribute('title'),
      ],
      names: [fieldText(first(row, select.nameCell))],
      ...(contact !== undefined && { record: recordOf(url, 'res.partner', contact) }),
    },
  };
}

/** Cards show addresses as mere text among others, so only their pictures count. */
function cardOf({ select, url }: View, card: Element): Line {
  const own = contactIn(first(card, select.ownPicture));
  const contact = own ?? contactIn(first(card, select.customer));
  return {
    anchor: card.querySelector(':scope > main') ?? card,
    sighting: {
      role: 'record',
      addresses: [],
      names: own === undefined ? [] : [fieldText(first(card, select.cardName))],
      ...(contact !== undefined && { record: recordOf(url, 'res.partner', contact) }),
    },
  };
}

/** What an address names: an action (or, up to version 17, a model), the record in it, and the kind of view. */
function addressed({ pathname, hash, searchParams }: URL): {
  action?: string | undefined;
  id?: string | undefined;
  view: string | null;
} {
  const [client, ...parts] = pathname.slice(1).split('/');
  if (client === 'odoo' || client === 'scoped_app') {
    const last = parts.at(-1) ?? '';
    const [id, action] = RECORD_ID.test(last) ? [last, parts.at(-2)] : [undefined, last];
    return { action, id, view: searchParams.get('view_type') };
  }
  const state = new URLSearchParams(hash.slice(1));
  const id = state.get('id') ?? '';
  return {
    action: state.get('model') ?? undefined,
    id: RECORD_ID.test(id) ? id : undefined,
    view: state.get('view_type'),
  };
}

const RECORD_ID = /^\d+$/u;

const recordOf = (url: URL, type: string, id: string): ExternalId => ({
  system: 'odoo',
  tenant: url.host,
  type,
  id,
});

const main = ({ document, select }: View) => first(document, select.main);

const first = (root: ParentNode | null | undefined, list: readonly string[]) => all(root, ...list)[0];

/** The contact whose picture this is; undefined for a user's, and for one that is not stored yet. */
function contactIn(picture: Element | undefined): string | undefined {
  const source = picture?.getAttribute('src') ?? '';
  return /\/web\/image(?:\/res\.partner\/|\?(?:[^#]*&)?model=res\.partner&id=)(\d+)/u.exec(source)?.[1];
}

/** Up to version 15 the field itself is the link or the input. */
const linkOf = (field: Element | undefined) =>
  field?.matches('a') ? field : field?.querySelector('a[href]');
const isEdited = (field: Element) => field.matches('input') || field.querySelector('input') !== null;
