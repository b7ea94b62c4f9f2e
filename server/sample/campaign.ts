import type { CampaignKind } from '../../utils/contract/campaign.ts';
import type { Language } from '../../utils/contract/primitives.ts';

/** A campaign of the sample; ages in working days before now. */
export interface CampaignDraft {
  key: string;
  name: string;
  kind: CampaignKind;
  language: Language;
  from: number;
  /** 0: still running; negative: until then. */
  to: number;
  /** The day of the fair or webinar. */
  day?: number;
  mails: readonly { age: number; subject: string }[];
  /** Mails still to come, in working days from now. */
  planned?: readonly { in: number; subject: string }[];
  /** What marketing suggests to say when it comes up. */
  talkingPoints?: string;
  /** The page its links lead to. */
  page: { path: string; title: string };
  /** The form one fills in, and what one gets for it. */
  form: string;
  asset?: string;
}

/** Two years of 260 working days. */
export const PERIOD = 520;

/** Two years of a monthly newsletter. */
export const issues = (name: string, subjects: readonly string[]) =>
  Array.from({ length: 24 }, (_, index) => ({
    age: PERIOD - 12 - index * 21.6,
    subject: `${name} ${index + 1}: ${subjects[index % subjects.length] ?? name}`,
  }));
