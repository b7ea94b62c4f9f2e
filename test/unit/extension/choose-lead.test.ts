import { expect, it } from 'vitest';
import { chooseLead } from '../../../utils/extension/choose-lead.ts';
import type { LeadOnPage } from '../../../utils/extension/messages.ts';

const lead = (key: string, role: LeadOnPage['role'], uncertain?: true): LeadOnPage => ({
  key,
  role,
  email: `${key}@example.com`,
  stage: 'mql',
  ...(uncertain && { uncertain }),
});

it.each<[string, LeadOnPage[], string | null]>([
  ['nobody', [], null],
  ['the only lead, even in copy', [lead('a', 'recipient')], 'a'],
  ['the writer before those in copy', [lead('a', 'recipient'), lead('b', 'sender')], 'b'],
  ['whose record it is before those it names', [lead('a', 'participant'), lead('b', 'record')], 'b'],
  ['nobody of several records', [lead('a', 'record'), lead('b', 'record')], null],
  ['nobody when two of them wrote', [lead('a', 'sender'), lead('b', 'sender')], null],
  ['nobody when two are in copy', [lead('a', 'recipient'), lead('b', 'recipient')], null],
  ['nobody when the readers disagree', [lead('a', 'sender', true)], null],
])('chooses %s', (_, leads, expected) => expect(chooseLead(leads)).toBe(expected));
