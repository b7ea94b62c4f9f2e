export interface Contact {
  name: string;
  email: string;
}

export interface Message {
  from: Contact;
  to: readonly Contact[];
  cc?: readonly Contact[];
  /** Before the page is opened. */
  hoursAgo: number;
  /** Paragraphs. */
  text: readonly string[];
  /** The mail it answers, as mail programs quote it. */
  quoted?: string;
}

/** One conversation of the sample mailbox. */
export interface Mail {
  /** Gmail's thread id as its API knows it: 16 hexadecimal digits. */
  id: string;
  /** Its address in the page: opaque, as Gmail's are since 2018. */
  hash: string;
  folder: 'inbox' | 'sent';
  subject: string;
  unread?: boolean;
  /** Oldest first, at least one. */
  messages: readonly Message[];
  /** Addresses of the people in it who are leads of the sample workspace. */
  leads: readonly string[];
}

export type Language = 'en' | 'de';

/** What the page is given to show. */
export interface Mailbox {
  language: Language;
  account: Contact;
  mails: readonly Mail[];
}
