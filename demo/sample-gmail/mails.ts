import { cast } from '../../server/sample/cast.ts';
import type { Contact, Mail, Message } from './mail.ts';

/** The signed-in rep. */
export const alex: Contact = { name: 'Alex Winter', email: 'alex.winter@nordlicht.example' };

const leadAddresses: ReadonlySet<string> = new Set(cast.flatMap(({ emails }) => emails));

export const lead = (name: string): Contact => {
  const email = cast.find((person) => person.name === name)?.emails[0];
  if (email === undefined) throw new Error(`${name} is not in the cast`);
  return { name, email };
};
const katharina = lead('Katharina Brandt');
const nadine = lead('Nadine Koch');
const daniel = lead('Daniel Hughes');
const sanne = lead('Sanne Bakker');
const markus = lead('Markus Ebner');
const claire = lead('Claire Donnelly');
const julia = lead('Julia Sommer');
const thomas = lead('Thomas Rüegg');
const oliver = lead('Oliver Whitfield');
const pieter = lead('Pieter Vermeulen');
const svenja = lead('Svenja Harms');
const jean = lead('Jean Reuter');

const mara: Contact = { name: 'Mara Lindqvist', email: 'mara.lindqvist@nordlicht.example' };
const aunt: Contact = { name: 'Renate Winter', email: 'renate.winter@familie-winter.example' };
const shop: Contact = { name: 'Rad & Tat Newsletter', email: 'news@rad-und-tat.example' };

/** Numbers a conversation and finds its leads; the body and the subject play no part in it. */
export function mail(
  number: number,
  draft: Omit<Mail, 'id' | 'hash' | 'leads' | 'folder'> & Partial<Mail>,
): Mail {
  const id = (0x193a_0000_0000_0000n + BigInt(number) * 0x1f3_5b7d_9ac1n).toString(16);
  const people = draft.messages.flatMap(({ from, to, cc = [] }) => [from, ...to, ...cc]);
  const leads = new Set(people.map(({ email }) => email).filter((email) => leadAddresses.has(email)));
  return {
    folder: 'inbox',
    ...draft,
    id,
    hash: `#${draft.folder ?? 'inbox'}/${opaque(id)}`,
    leads: [...leads],
  };
}

/** An address that looks like Gmail's and cannot be taken for the id: letters only, 32 of them. */
function opaque(id: string): string {
  const letters = [...id].map((digit) => 'BcDfGhJkLmNpQrSt'.charAt(parseInt(digit, 16))).join('');
  return `FMfcgzQX${letters}ZwVbTkPm`;
}

const toAlex = (
  from: Contact,
  hoursAgo: number,
  text: readonly string[],
  more: Partial<Message> = {},
): Message => ({
  from,
  to: [alex],
  hoursAgo,
  text,
  ...more,
});

/** Asks for a free month of measuring; the newest mail, handed over by marketing this morning. */
export const single = mail(12, {
  subject: 'Messmonat für Halle 3',
  unread: true,
  messages: [
    toAlex(katharina, 0.6, [
      'Guten Tag,',
      'ich habe gerade über Ihr Formular den kostenlosen Messmonat angefragt. In Halle 3 stehen rund 4.200 Palettenplätze bei −28 °C, und nachts haben wir Temperaturspitzen, die sich niemand erklären kann.',
      'Könnten wir dazu diese Woche telefonieren? Am besten vormittags.',
      'Freundliche Grüße',
      'Katharina Brandt\nLeiterin Logistik, Hafenlogistik Brandt & Söhne GmbH',
    ]),
  ],
});

/** Three messages, the first two collapsed; the last one names another address in its text. */
export const conversation = mail(11, {
  subject: 'Pilot aisle in Dartford',
  unread: true,
  messages: [
    toAlex(daniel, 50, [
      'Hi Alex,',
      'we met at stand 214. I would like to try one aisle in Dartford before the peak season starts.',
      'Best, Daniel',
    ]),
    {
      from: alex,
      to: [daniel],
      hoursAgo: 46,
      text: [
        'Hi Daniel,',
        'good to hear from you. Which racking do you have there, and by when does it have to run?',
        'Alex',
      ],
      quoted:
        'On Monday, Daniel Hughes <daniel.hughes@thameside-fulfilment.example> wrote: we met at stand 214 …',
    },
    toAlex(
      daniel,
      1.8,
      [
        'Adjustable pallet racking, put up in 2019. It has to be live six weeks from now.',
        'Please write to procurement@thameside-fulfilment.example for the purchase order, I am out on Friday.',
        'Best, Daniel',
      ],
      {
        quoted:
          'On Tuesday, Alex Winter <alex.winter@nordlicht.example> wrote: Which racking do you have there …',
      },
    ),
  ],
});

/** Sender and another lead in Cc. */
export const twoLeads = mail(10, {
  subject: 'Schnittstelle zu unserem WMS',
  messages: [
    toAlex(
      katharina,
      5,
      [
        'Guten Tag,',
        'vorab eine technische Frage: Können die Sensoren ihre Werte direkt an unser WMS melden? Frau Koch aus unserer IT liest mit und beantwortet gern Ihre Fragen.',
        'Freundliche Grüße\nKatharina Brandt',
      ],
      { cc: [nadine] },
    ),
  ],
});

/** From a colleague; a lead's address stands in the subject and in the text, and means nothing there. */
export const internal = mail(9, {
  subject: 'Anfrage von k.brandt@hafenlogistik.example: Gesprächspunkte',
  messages: [
    toAlex(mara, 7, [
      'Hallo Alex,',
      'die Gesprächspunkte zur Kühlkette liegen im gemeinsamen Ordner. Frau Brandt (k.brandt@hafenlogistik.example) solltest du heute anrufen.',
      'Viele Grüße\nMara',
    ]),
  ],
});

export const family = mail(8, {
  subject: 'Sonntag zum Essen?',
  messages: [
    toAlex(aunt, 22, ['Lieber Alex,', 'kommt ihr am Sonntag? Es gibt Rouladen.', 'Deine Tante Renate']),
  ],
});

/** A reply to a mail of Alex, with a quote; in German. */
export const recycled = mail(7, {
  subject: 'Re: Sensoren nach der WMS-Umstellung',
  messages: [
    toAlex(
      markus,
      26,
      [
        'Grüß Gott Herr Winter,',
        'die Umstellung zieht sich. Melden Sie sich bitte im März noch einmal.',
        'LG Markus Ebner',
      ],
      {
        quoted:
          'Am Montag schrieb Alex Winter <alex.winter@nordlicht.example>: Wie weit sind Sie mit der Umstellung?',
      },
    ),
  ],
});

export const accepted = mail(6, {
  subject: 'Our figures in your spreadsheet',
  messages: [
    toAlex(sanne, 29, [
      'Hi Alex,',
      'attached is the spreadsheet with our figures. The payback time in cell F12 looks too good to be true. Is it?',
      'Groetjes, Sanne',
    ]),
  ],
});

export const newsletter = mail(5, {
  subject: 'Winterreifen für Ihr Fahrrad: 15 %',
  messages: [toAlex(shop, 31, ['Jetzt bis Sonntag sparen.', 'Abmelden: abmelden@rad-und-tat.example'])],
});

export const customer = mail(4, {
  subject: 'Second site in Leeds',
  messages: [
    toAlex(claire, 52, [
      'Hello Alex,',
      'the sensors in Salford have done so well that Leeds is asking for them too. What would forty more aisles cost?',
      'Kind regards\nClaire',
    ]),
  ],
});

export const sale = mail(3, {
  subject: 'Termin zur Begehung in Neuss',
  messages: [
    toAlex(julia, 75, [
      'Hallo Herr Winter,',
      'Dienstag um zehn passt. Bitte Sicherheitsschuhe mitbringen.',
      'Viele Grüße\nJulia Sommer',
    ]),
  ],
});

export const doNotContact = mail(2, {
  subject: 'Bitte keine Anrufe mehr',
  messages: [
    toAlex(thomas, 98, [
      'Grüezi',
      'Ich bitte Sie nochmals, mich weder anzurufen noch anzuschreiben.',
      'Thomas Rüegg',
    ]),
  ],
});

export const secondRound = mail(1, {
  subject: 'Budget is approved',
  messages: [
    toAlex(oliver, 120, [
      'Alex,',
      'the budget we talked about last winter is approved. Shall we pick it up again?',
      'Oliver',
    ]),
  ],
});

/** From somebody who left the mailing list, and still may be answered. */
export const unsubscribed = mail(14, {
  subject: 'Frage zum Sensor NL-300',
  messages: [
    toAlex(svenja, 146, [
      'Hallo Herr Winter,',
      'hält der Klebehalter auch an verzinkten Regalen? Den Newsletter brauche ich dafür nicht.',
      'Viele Grüße\nSvenja Harms',
    ]),
  ],
});

/** From a competitor sales has removed. */
export const disqualified = mail(15, {
  subject: 'Which radio chip do you use?',
  messages: [
    toAlex(jean, 170, [
      'Dear Alex,',
      'one more question about the radio chip in the NL-300 …',
      'Jean Reuter',
    ]),
  ],
});

/** Written by Alex; the lead is the recipient. */
export const sent = mail(13, {
  folder: 'sent',
  subject: 'Our offer for your warehouse',
  messages: [
    {
      from: alex,
      to: [pieter],
      hoursAgo: 27,
      text: [
        'Dear Pieter,',
        'here is the offer we discussed in Antwerp. I will call you on Thursday.',
        'Best regards\nAlex',
      ],
    },
  ],
});

/** The sample mailbox, newest first. */
export const mails: readonly Mail[] = [
  single,
  conversation,
  twoLeads,
  internal,
  family,
  recycled,
  accepted,
  newsletter,
  customer,
  sale,
  doNotContact,
  secondRound,
  unsubscribed,
  disqualified,
  sent,
];
