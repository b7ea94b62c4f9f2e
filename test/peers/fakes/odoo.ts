import { odoo } from '../../../server/connectors/odoo.ts';
import { type FakeOptions, type FakeSystem, seededRandom } from './fake-system.ts';
import { odooServer, USER } from './odoo-server.ts';
import { OdooStore, odooTime, type Value } from './odoo-store.ts';

const KEY = '5f0c3a9e7d1b48c2a6e4f7093b1d5c8e2a4f6071';
const DATABASE = 'nordlicht';
/** Odoo sets no bound; more at once takes it longer than proxies wait. */
const READ_AT_ONCE = 500;
const DAY_MS = 86_400_000;

export interface OdooFake extends FakeSystem {
  /** For what a test looks at or changes by itself. */
  store: OdooStore;
}

/** An Odoo with this many leads, their mailings, an event, and those who want no mail any more. */
export function createOdooFake({
  contacts,
  now,
  version = 19,
}: FakeOptions & { version?: number }): OdooFake {
  const store = new OdooStore(now);
  const touchpoints = fill(store, contacts, now());
  const server = odooServer({ store, key: KEY, database: DATABASE, version, now });
  let requests = 0;
  let changed = 0;
  const sizeOf = (model: string) => store.tables.get(model)?.size ?? 0;
  return {
    connector: odoo,
    settings: {
      ...{ url: 'https://odoo.nordlicht.example', database: DATABASE, apiKey: KEY },
      ...{ mailings: true, events: true, meetings: true },
      ...(version < 19 && { login: USER.login }),
    },
    token: null,
    store,
    fetch: async (request) => {
      requests += 1;
      return server.fetch(request);
    },
    get requests() {
      return requests;
    },
    get minimumRequests() {
      return READ.map((model) => Math.max(1, Math.ceil(sizeOf(model) / READ_AT_ONCE))).reduce(
        (a, b) => a + b,
      );
    },
    get contents() {
      const campaigns = sizeOf('utm.campaign') + sizeOf('event.event') + MAILINGS_ALONE;
      return { people: sizeOf('crm.lead'), touchpoints, campaigns };
    },
    change: (count) => {
      const ids = Array.from({ length: count }, (_, index) => ((changed + index) % contacts) + 1);
      changed += count;
      store.write('crm.lead', ids, { function: `Head of Logistics, ${changed}` });
    },
  };
}

const READ = [
  ...['crm.lead', 'utm.campaign', 'mailing.mailing', 'event.event', 'mailing.trace', 'link.tracker.click'],
  ...['event.registration', 'mail.message', 'calendar.event', 'mail.blacklist', 'mailing.subscription'],
];
const MAILINGS_ALONE = 2;

/** Returns how many touchpoints that makes. */
function fill(store: OdooStore, contacts: number, now: Date): number {
  const random = seededRandom(19);
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const moment = (days: number) => odooTime(before(days)).slice(0, 19);
  const add = (model: string, values: Record<string, Value>, days = 30) =>
    store.create(model, values, before(days));
  let touchpoints = 0;

  const countries = ['DE', 'AT', 'CH', 'NL'].map((code) => add('res.country', { name: code, code }));
  const [robot, owner] = [
    add('res.users', { name: 'Robot', login: '__system__' }),
    add('res.users', { name: 'Alex Winter', login: USER.login, email: USER.login }),
  ];
  if (robot === owner) throw new Error('Two users are one.');
  const stages = ['New', 'Qualified', 'Proposition', 'Won'].map((name) => add('crm.stage', { name }));
  const tags = ['Fair', 'Partner'].map((name) => add('crm.tag', { name }));
  const lost = add('crm.lost.reason', { name: 'Too expensive' });
  const media = ['Website', 'Email'].map((name) => add('utm.medium', { name }));
  const campaign = add('utm.campaign', { name: 'cold-chain', title: 'Cold chain' });
  const mailings = [
    add('mailing.mailing', { subject: 'The cold chain, seen live', campaign_id: campaign, ...SENT }),
    add('mailing.mailing', { subject: 'Newsletter of October', sent_date: moment(9), ...SENT }),
  ];
  const link = add('link.tracker', { url: 'https://nordlicht.example/cold-chain' });
  const event = add('event.event', {
    ...{ name: 'Cold chain day', date_begin: moment(12), date_end: moment(11), seats_used: 1 },
  });
  const list = add('mailing.list', { name: 'Newsletter' });
  const call = add('mail.activity.type', { name: 'Call', category: 'phonecall' });

  for (let number = 1; number <= contacts; number++) {
    const email = `lead.${number}@company-${number % 400}.example`;
    // Half of them were imported: of one moment. The others came one by one.
    const days = number <= contacts / 2 ? 20 : 20 - (19 * number) / contacts;
    const isLost = number % 20 === 0;
    const hasCampaign = number % 5 === 0;
    const contact =
      number % 3 === 0 && add('res.partner', { name: `Lead ${number}`, email, is_company: false });
    const lead = add(
      'crm.lead',
      {
        ...{ name: `Sensors for ${number} trucks`, contact_name: `Lead ${number}`, type: 'opportunity' },
        ...{ partner_name: `Company ${number % 400}`, email_from: `"Lead ${number}" <${email}>` },
        ...{ email_normalized: email, phone: `+49 40 ${100_000 + number}`, lang_code: 'de_DE' },
        ...{ country_id: countries[number % 4]!, user_id: owner, partner_id: contact },
        ...{ stage_id: stages[Math.floor(random() * 4)]!, active: !isLost, probability: isLost ? 0 : 20 },
        ...(isLost && { lost_reason_id: lost }),
        ...(hasCampaign && { campaign_id: campaign, medium_id: media[number % 2]! }),
        tag_ids: number % 4 === 0 ? tags : [],
      },
      days,
    );
    touchpoints += hasCampaign ? 1 : 0;

    const isOpened = random() < 0.4;
    const isReplied = isOpened && random() < 0.1;
    const isBounced = !isOpened && random() < 0.03;
    const trace = add(
      'mailing.trace',
      {
        ...{ trace_type: 'mail', email, model: number % 2 ? 'mailing.contact' : 'crm.lead', res_id: lead },
        ...{ mass_mailing_id: mailings[number % 2]!, campaign_id: number % 2 === 0 && campaign },
        ...{ sent_datetime: moment(9), open_datetime: isOpened && moment(8.5) },
        ...{ reply_datetime: isReplied && moment(8), trace_status: isBounced ? 'bounce' : 'sent' },
      },
      8,
    );
    touchpoints += 1 + [isOpened, isReplied, isBounced].filter(Boolean).length;
    if (isOpened && random() < 0.3) {
      add('link.tracker.click', { link_id: link, mailing_trace_id: trace, ip: '203.0.113.7' }, 8.4);
      touchpoints += 1;
    }
    if (number % 10 === 0) {
      const came = number % 20 === 0;
      add('event.registration', {
        ...{ name: `Lead ${number}`, email, event_id: event, state: came ? 'done' : 'open' },
        date_closed: came && moment(12),
      });
      touchpoints += 2;
    }
    if (number % 25 === 0) {
      const about = { model: 'crm.lead', res_id: lead, mail_activity_type_id: call, subject: 'First call' };
      add('mail.message', { ...about, date: moment(5) }, 5);
      const times = { start: moment(4), stop: moment(3.9), privacy: 'public' };
      add('calendar.event', { name: 'Demonstration', opportunity_id: lead, ...times }, 6);
      touchpoints += 2;
    }
    if (number % 50 === 0) add('mail.blacklist', { email }, 7);
    if (number % 4 === 1) {
      const subscriber = add('mailing.contact', { name: `Lead ${number}`, email, email_normalized: email });
      const hasLeft = number % 8 === 1;
      add('mailing.subscription', {
        ...{
          contact_id: subscriber,
          list_id: list,
          opt_out: hasLeft,
          opt_out_datetime: hasLeft && moment(6),
        },
      });
    }
  }
  add('mailing.mailing', {
    ...{ subject: 'Invitation to the fair', ...SENT, state: 'in_queue', schedule_date: moment(-3) },
    ...{
      mailing_model_real: 'crm.lead',
      mailing_domain: "['&', ('type', '=', 'opportunity'), ('id', '<=', 100)]",
    },
  });
  return touchpoints;
}

const SENT = { state: 'done', mailing_type: 'mail', use_exclusion_list: true };
