import { expect, test } from 'vitest';
import { draftOf, fieldErrors, missingFields, settingsOf } from '../../components/options/source-draft.ts';
import type { SettingField } from '../../utils/contract/source.ts';

const field = (name: string, more: Partial<SettingField> = {}): SettingField => ({
  name,
  kind: 'text',
  label: { en: name, de: name },
  required: true,
  ...more,
});
const fields = [
  field('url'),
  field('apiKey', { kind: 'secret' }),
  field('database', { required: false }),
  field('mailings', { kind: 'yes-no', required: false, default: true }),
  field('meetings', { kind: 'yes-no', required: false }),
];
const source = {
  settings: { url: 'https://crm.example.com', database: 'main', mailings: false },
  secrets: ['apiKey'],
};

test('a new source begins with what its system comes with', () => {
  expect(draftOf(fields)).toEqual({ url: '', apiKey: '', database: '', mailings: true, meetings: false });
});

test('a source that is there begins with its settings, and without its secrets', () => {
  expect(draftOf(fields, source)).toMatchObject({ ...source.settings, apiKey: '' });
});

test('what is required has to be filled in, with more than spaces', () => {
  expect(missingFields(fields, { ...draftOf(fields), url: '  ' })).toEqual(['url', 'apiKey']);
});

test('a secret that is set may be left alone, an address may not be taken away', () => {
  expect(missingFields(fields, draftOf(fields, source), source)).toEqual([]);
  expect(missingFields(fields, { ...draftOf(fields, source), url: '' }, source)).toEqual(['url']);
});

test('of a new source what was filled in is sent, without the spaces around it', () => {
  const draft = { ...draftOf(fields), url: ' https://crm.example.com', apiKey: 'k3y \n' };
  expect(settingsOf(fields, draft)).toEqual({
    url: 'https://crm.example.com',
    apiKey: 'k3y',
    mailings: true,
    meetings: false,
  });
});

test('of another source only what was changed is sent, also when it was emptied', () => {
  const before = draftOf(fields, source);
  expect(settingsOf(fields, before, source)).toEqual({});
  expect(settingsOf(fields, { ...before, database: '', apiKey: 'new' }, source)).toEqual({
    database: '',
    apiKey: 'new',
  });
});

test('what the hub finds wrong stands at its field', () => {
  const problem = {
    type: 'urn:tandem:problem:invalid',
    title: 'Invalid',
    status: 400,
    errors: [
      { pointer: '/settings/url', detail: 'is no address' },
      { pointer: '/system', detail: 'is unknown' },
    ],
  };
  expect(fieldErrors(problem)).toEqual({ url: 'is no address' });
  expect(fieldErrors(undefined)).toEqual({});
});
