import { describe, expect, it } from 'vitest';
import { mayMatch, type Rules, whyDark, whyOff } from '../../../utils/extension/mailbox-rule.ts';

const rules: Rules = {
  domains: ['nordlicht.example'],
  mailboxes: ['Alex@Private.example'],
  never: ['family@example.com', 'bank.example', '@club.example'],
  noticeSentMail: true,
  badges: true,
  pausedUntil: null,
  sitesOff: [],
  sidePanel: false,
};
const mail = { id: 'gmail', kind: 'mail' } as const;
const crm = { id: 'odoo', kind: 'crm' } as const;
const inAMinute = () => new Date(Date.now() + 60_000).toISOString();

describe('whyDark', () => {
  it.each([
    ['alex@nordlicht.example', null],
    ['alex@mail.nordlicht.example', null],
    ['alex@private.example', null],
    ['someone@private.example', 'private-mailbox'],
    ['alex@nordlicht.example.evil.test', 'private-mailbox'],
    [undefined, 'unknown-mailbox'],
  ])('mail of %s: %s', (account, expected) => expect(whyDark(mail, account, rules)).toBe(expected));

  it('asks nobody’s mailbox in a CRM', () => {
    expect(whyDark(crm, undefined, rules)).toBeNull();
    expect(whyDark(crm, 'someone@private.example', rules)).toBeNull();
  });

  it.each([mail, crm])(
    'is silent in $kind without a hub, while paused and where it is switched off',
    (site) => {
      const account = 'alex@nordlicht.example';
      expect(whyDark(site, account, { ...rules, domains: null })).toBe('signed-out');
      expect(whyDark(site, account, { ...rules, pausedUntil: inAMinute() })).toBe('paused');
      expect(whyDark(site, account, { ...rules, sitesOff: [site.id] })).toBe('switched-off');
    },
  );
});

it('ends a pause by itself', () => {
  expect(whyOff(crm, { ...rules, pausedUntil: inAMinute() })).toBe('paused');
  expect(whyOff(crm, { ...rules, pausedUntil: new Date(Date.now() - 1).toISOString() })).toBeNull();
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
