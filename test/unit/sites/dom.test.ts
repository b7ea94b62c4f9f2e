import { describe, expect, it } from 'vitest';
import {
  addressIn,
  cleanText,
  fieldText,
  mailtoIn,
  nameIn,
  onlyOne,
  withPrints,
} from '../../../utils/sites/dom.ts';
import { documentOf } from '../../support/site-fixtures.ts';

describe('text of a page', () => {
  it('loses every mark that cannot be seen', () => {
    const marks = [
      ...'\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff',
    ];
    for (const mark of marks)
      expect(addressIn(`${mark}ann@${mark}example.com${mark}`)).toBe('ann@example.com');
    expect(cleanText(' Ann \n\t Ex\u200bample ')).toBe('Ann Example');
  });

  it.each([null, undefined, '', 'undefined', 'null', ' \u200e '])('%j is no value', (raw) => {
    expect(cleanText(raw)).toBe('');
    expect(addressIn(raw)).toBeUndefined();
    expect(nameIn(raw)).toBeUndefined();
  });

  it.each([
    ['ann@example.com', 'ann@example.com', undefined],
    ['Ann <ann@example.com>', 'ann@example.com', 'Ann'],
    ['"Example, Ann" <ann@example.com>', 'ann@example.com', 'Example, Ann'],
    ['<ann@example.com>', 'ann@example.com', undefined],
    ['günther@müller.example', 'günther@müller.example', undefined],
    ['Ann', undefined, 'Ann'],
    ['ann at example.com', undefined, 'ann at example.com'],
    ['a@b@example.com', undefined, 'a@b@example.com'],
    ['ann@example.com, ben@example.com', undefined, 'ann@example.com, ben@example.com'],
  ])('%j', (raw, address, name) => {
    expect(addressIn(raw)).toBe(address);
    expect(nameIn(raw)).toBe(name);
  });

  it('stays well-formed when cut', () => {
    expect(nameIn('😀'.repeat(999).padStart(1999, 'x'))?.isWellFormed()).toBe(true);
  });
});

describe('fields and links', () => {
  it.each([
    ['mailto:ann@example.com', 'ann@example.com'],
    ['MAILTO:ann%2Bnews@example.com?subject=ben@example.com', 'ann+news@example.com'],
    ['mailto:100%@example.com', '100%@example.com'],
    ['mailto:ann@example.com,ben@example.com', undefined],
    ['mailto:?to=ann@example.com', undefined],
    ['https://example.com/?mailto:ann@example.com', undefined],
    [null, undefined],
  ])('%j', (href, address) => {
    expect(mailtoIn(href)).toBe(address);
  });

  it('read what can be edited by its value, and all else by its text', () => {
    const document = documentOf('');
    const field = document.createElement('div');
    field.textContent = ' Ann  Example ';
    expect(fieldText(field)).toBe('Ann Example');
    const input = document.createElement('input');
    input.value = 'Ben Example';
    expect(fieldText(input)).toBe('Ben Example');
    field.append(input);
    expect(fieldText(field)).toBe('Ben Example');
    expect(fieldText(null)).toBe('');
  });
});

describe('readers that answer together', () => {
  it.each([
    [[], undefined],
    [[undefined], undefined],
    [['ann@example.com', undefined, 'ANN@example.com'], 'ann@example.com'],
    [['ann@example.com', 'ben@example.com'], undefined],
  ])('%j say %j', (values, one) => {
    expect(onlyOne(values)).toBe(one);
  });

  it('believe print beside an attribute, or two prints alike', () => {
    expect(withPrints(['ann@example.com'], ['Ann', 'nn@example.com'])).toEqual([
      'ann@example.com',
      'nn@example.com',
    ]);
    expect(withPrints([undefined], ['ann@example.com', 'Ann@example.com'])).toHaveLength(2);
    expect(withPrints([], ['ann@example.com'])).toEqual([]);
    expect(withPrints([], ['ann@example.com', 'ben@example.com'])).toEqual([]);
  });
});
