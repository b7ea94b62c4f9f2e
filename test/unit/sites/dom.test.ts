import { describe, expect, it } from 'vitest';
import { addressIn, cleanText, nameIn } from '../../../utils/sites/dom.ts';

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
