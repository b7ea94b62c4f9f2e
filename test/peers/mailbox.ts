import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alex, conversation, mails as sampleMails, recycled } from '../../demo/sample-gmail/mails.ts';
import { mailFile, type StoredMail } from './mail-file.ts';

const daniel = conversation.messages[0]!.from;
const markus = recycled.messages[0]!.from;

/** A private person who writes under a lead's name and address, as phishing does. */
export const pretender: StoredMail = {
  folder: 'inbox',
  subject: 'Neue Bankverbindung',
  hoursAgo: 3,
  from: { name: 'Katharina Brandt <k.brandt@hafenlogistik.example>', email: 'office@billing-desk.test' },
  to: [alex],
  text: ['Guten Tag,', 'bitte verwenden Sie ab sofort unsere neue Bankverbindung.'],
};

/** To so many people that the page hides most of them; a lead is among those it shows. */
export const manyRecipients: StoredMail = {
  folder: 'inbox',
  subject: 'Minutes of the cold chain working group',
  hoursAgo: 4,
  from: { name: 'Cold Chain Working Group', email: 'minutes@cold-chain-group.example' },
  to: [
    alex,
    daniel,
    ...Array.from({ length: 24 }, (_, index) => ({
      name: `Member ${index + 1}`,
      email: `member.${index + 1}@cold-chain-group.example`,
    })),
  ],
  cc: [{ name: '', email: 'archive@cold-chain-group.example' }],
  text: ['Dear all,', 'please find the minutes below.'],
};

/** Without a name, so that the address is all the page can show. */
export const nameless: StoredMail = {
  folder: 'inbox',
  subject: 'Rückfrage zum Angebot',
  hoursAgo: 6,
  unread: true,
  from: { ...markus, name: '' },
  to: [alex],
  text: ['Guten Tag Herr Winter,', 'gilt Ihr Angebot auch im neuen Jahr?'],
};

/** Alex's mailbox: that of the sample Gmail, and what a webmail makes difficult; newest first. */
export const storedMails: readonly StoredMail[] = [
  ...sampleMails.flatMap(({ messages, subject, unread, folder }) =>
    messages
      .filter(({ from }) => folder === 'sent' || from.email !== alex.email)
      .map((message) => ({ ...message, subject, folder, ...(unread === true && { unread }) })),
  ),
  pretender,
  manyRecipients,
  nameless,
].sort((a, b) => a.hoursAgo - b.hoursAgo);

/** Writes the mails as a maildir; the oldest mail of a folder gets the number (IMAP's uid) 1. */
export async function writeMaildir(folder: string): Promise<void> {
  const now = new Date();
  const subfolders = { inbox: folder, sent: join(folder, '.Sent') };
  for (const subfolder of Object.values(subfolders)) {
    for (const part of ['cur', 'new', 'tmp']) await mkdir(join(subfolder, part), { recursive: true });
  }
  for (const [index, mail] of storedMails.toReversed().entries()) {
    const id = `tandem-${String(index).padStart(3, '0')}`;
    // The server numbers mails by the time in their file's name.
    const name = `${1_700_000_000 + index}.${id}.peer:2,${mail.unread === true ? '' : 'S'}`;
    await writeFile(join(subfolders[mail.folder], 'cur', name), mailFile(mail, id, now));
  }
}
