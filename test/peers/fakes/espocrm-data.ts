import { seededRandom } from './fake-system.ts';

export type EspoRow = Record<string, string | boolean | string[] | null> & { id: string };

const DAY_MS = 86_400_000;
const OWNERS = 3;

/** The attributes that there are: others are left out of `select`, and refused in `where`. */
export const ATTRIBUTES = {
  Lead: 'name title accountName phoneNumber emailAddress emailAddressIsOptedOut doNotCall addressCountry status source industry campaignId campaignName createdContactId assignedUserId createdAt modifiedAt',
  Contact:
    'name title accountName phoneNumber emailAddress emailAddressIsOptedOut doNotCall addressCountry campaignId campaignName assignedUserId createdAt modifiedAt',
  Campaign: 'name status type startDate endDate createdAt modifiedAt',
  CampaignLogRecord:
    'action actionDate isTest objectId objectName objectType parentId parentType campaignId campaignName createdAt',
  Meeting: 'name status dateStart parentId parentType contactsIds leadsIds createdAt modifiedAt',
  Call: 'name status dateStart direction parentId parentType contactsIds leadsIds createdAt modifiedAt',
  User: 'name emailAddress createdAt modifiedAt',
  Note: 'type post parentId parentType createdAt modifiedAt',
} as const;
export type EspoTable = keyof typeof ATTRIBUTES;
export type EspoData = Record<EspoTable, EspoRow[]>;

/** UTC, in whole seconds, without saying so. */
export const espoTime = (time: Date) => time.toISOString().slice(0, 19).replace('T', ' ');

/** Four fifths of so many people are leads; and how many touchpoints that makes. */
export function makeEspoData(contacts: number, now: Date): { data: EspoData; touchpoints: number } {
  const random = seededRandom(17);
  const ago = (days: number) => espoTime(new Date(now.getTime() - days * DAY_MS));
  const data: EspoData = {
    ...{
      Lead: [],
      Contact: [],
      Campaign: [],
      CampaignLogRecord: [],
      Meeting: [],
      Call: [],
      User: [],
      Note: [],
    },
  };
  const add = (table: EspoTable, days: number, row: Omit<EspoRow, 'id'>) => {
    // Of no order in time, so that only a cursor with both goes through them.
    const id = Array.from({ length: 17 }, () => Math.floor(random() * 16).toString(16)).join('');
    data[table].push({ id, createdAt: ago(days), modifiedAt: ago(days), ...row });
    return id;
  };
  const owners = Array.from({ length: OWNERS }, (_, nth) =>
    add('User', 90, { name: `Rep ${nth}`, emailAddress: `rep.${nth}@nordlicht.example` }),
  );
  const campaigns = [
    { name: 'Cold chain', type: 'Email' },
    { name: 'News of October', type: 'Newsletter' },
    { name: 'Fair of the North', type: 'Web' },
  ].map((one) => ({
    ...{ campaignId: add('Campaign', 60, { ...one, startDate: ago(40).slice(0, 10), endDate: null }) },
    campaignName: one.name,
  }));
  let touchpoints = 0;

  for (let number = 1; number <= contacts; number++) {
    // Half of them were imported, within one second.
    const days = number <= contacts / 2 ? 20 : 20 - (19 * number) / contacts;
    const parentType = number % 5 === 0 ? 'Contact' : 'Lead';
    const campaign = campaigns[number % 2];
    const hasLeft = number % 50 === 1;
    // The contact before this lead is what became of it.
    const isConverted = parentType === 'Lead' && number % 40 === 1 && number > 1;
    const parentId = add(parentType, days, {
      ...{ name: `Person ${number}`, title: 'Head of Logistics', accountName: `Company ${number % 400}` },
      ...{ phoneNumber: `+4940${100_000 + number}`, doNotCall: number % 60 === 0, addressCountry: 'Germany' },
      ...{
        emailAddress: `person.${number}@company-${number % 400}.example`,
        emailAddressIsOptedOut: hasLeft,
      },
      assignedUserId: owners[number % OWNERS] ?? null,
      ...(parentType === 'Lead' && {
        status: isConverted ? 'Converted' : (['New', 'Assigned', 'In Process', 'Dead'][number % 4] ?? null),
        ...{ source: 'Web Site', industry: 'Logistics', ...campaign },
        createdContactId: isConverted ? (data.Contact.at(-1)?.id ?? null) : null,
      }),
    });
    const log = (action: string, day: number, row: Omit<EspoRow, 'id'> = {}) =>
      add('CampaignLogRecord', day, {
        ...{ action, actionDate: ago(day), isTest: false, parentType, parentId, ...campaign, ...row },
        ...{ objectId: null, objectType: null, objectName: null },
      });
    const actions = ['Sent', ...(random() < 0.4 ? ['Opened'] : []), ...(random() < 0.1 ? ['Clicked'] : [])];
    if (number % 45 === 0) actions.push('Bounced');
    if (hasLeft) actions.push('Opted Out');
    for (const [nth, action] of actions.entries()) log(action, 9 - nth);
    touchpoints += actions.length;
    // What brings no touchpoint: tests, companies, leads that a campaign has made.
    if (number % 30 === 0) log('Sent', 9, { isTest: true });
    if (number % 31 === 0) log('Sent', 9, { parentType: 'Account' });
    if (number % 32 === 0) log('Lead Created', 9);
    if (number % 25 === 0) {
      const about = { parentType, parentId, dateStart: ago(4) };
      const [lead, contact] = [data.Lead.at(-1)?.id ?? '', data.Contact.at(-1)?.id ?? ''];
      add('Meeting', 4, { ...about, name: 'Demo', status: 'Held', leadsIds: [lead], contactsIds: [contact] });
      add('Meeting', 4, { ...about, name: 'Follow-up', status: 'Planned', leadsIds: [], contactsIds: [] });
      add('Call', 3, {
        ...{ ...about, name: 'First call', status: 'Held', direction: 'Inbound' },
        ...{ leadsIds: [], contactsIds: [parentId] },
      });
      // The contact is both what the meeting is about and one of who came.
      touchpoints += new Set([parentId, lead, contact]).size + 1;
    }
  }
  return { data, touchpoints };
}
