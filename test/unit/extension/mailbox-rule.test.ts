import { describe, expect, it } from 'vitest';
import type { PageReading } from '../../../utils/contract/page-reading.ts';
import { mayMatch, mayReadMailbox } from '../../../utils/extension/mailbox-rule.ts';

const rules = {
  domains: ['nordlicht.example'],
  mailboxes: ['Alex@Private.example'],
  never: ['family@example.com', 'bank.example', '@club.example'],
};
const mailbox = (account?: string): PageReading => ({
  site: 'gmail',
  view: 'thread',
  people: [],
  ...(account !== undefined && { account }),
});

describe('mayReadMailbox', () => {
  it.each([
    ['alex@nordlicht.example', true],
    ['alex@mail.nordlicht.example', true],
    ['alex@private.example', true],
    ['someone@private.example', false],
    ['alex@nordlicht.example.evil.test', false],
    [undefined, false],
  ])('%s: %s', (account, expected) => expect(mayReadMailbox(mailbox(account), rules)).toBe(expected));
});

describe('mayMatch', () => {
  it.each([
    ['lead@example.com', true],
    ['colleague@nordlicht.example', false],
    ['alex@private.example', false],
    ['Family@example.com', false],
    ['teller@bank.example', false],
    ['teller@de.bank.example', false],
    ['captain@club.example', false],
    ['no address', false],
  ])('%s: %s', (address, expected) => expect(mayMatch(address, rules)).toBe(expected));
});
