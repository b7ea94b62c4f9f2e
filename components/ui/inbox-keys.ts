import { i18n } from './i18n.ts';

/** The single keys of the inbox, and what each does. */
export const inboxKeys = () =>
  (
    [
      ['j', 'next'],
      ['k', 'previous'],
      ['r', 'answer'],
      ['q', 'question'],
      ['a', 'acted'],
      ['x', 'select'],
      ['?', 'help'],
    ] as const
  ).map(([key, name]) => [key, i18n.t(`inbox.keys.${name}`)] as const);
