import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type News, NewsKind } from '../../../utils/contract/news.ts';
import { chooseNews, isQuiet, type Told } from '../../../utils/domain/choose-news.ts';

const kinds = NewsKind.options;
const piece = (id: string, kind: NewsKind = 'answered', at = '2026-11-20T09:00:00.000Z'): News => ({
  id,
  kind,
  at,
});
const nothing: Told = { ids: [], day: '', count: 0 };
const ids = (news: readonly News[]) => news.map(({ id }) => id);

describe('quiet hours', () => {
  it.each([
    ['12:00', '13:00', '11:59', false],
    ['12:00', '13:00', '12:00', true],
    ['12:00', '13:00', '13:00', false],
    ['19:00', '07:00', '18:59', false],
    ['19:00', '07:00', '23:59', true],
    ['19:00', '07:00', '00:00', true],
    ['19:00', '07:00', '06:59', true],
    ['19:00', '07:00', '07:00', false],
    // The same twice is no time at all.
    ['08:00', '08:00', '08:00', false],
  ])('from %s to %s at %s: %s', (from, to, time, quiet) => {
    expect(isQuiet({ quiet: { from, to } }, time)).toBe(quiet);
    expect(isQuiet({ quiet: null }, time)).toBe(false);
  });
});

describe('what is told', () => {
  it('is what was wished for, the urgent first, then the latest', () => {
    const news = [
      piece('answer', 'answered', '2026-11-20T12:00:00.000Z'),
      piece('back', 'came-back'),
      piece('later', 'clock-at-risk', '2026-11-20T10:00:00.000Z'),
      piece('clock', 'clock-at-risk'),
    ];
    expect(ids(chooseNews(news, { kinds, perDay: 5 }, nothing, 'today').tell)).toEqual([
      'later',
      'clock',
      'answer',
      'back',
    ]);
    expect(ids(chooseNews(news, { kinds: ['came-back'], perDay: 5 }, nothing, 'today').tell)).toEqual([
      'back',
    ]);
  });

  it('what is not wished for is told once it is', () => {
    const first = chooseNews([piece('a')], { kinds: [], perDay: 5 }, nothing, 'today');
    expect(ids(chooseNews([piece('a')], { kinds, perDay: 5 }, first.told, 'today').tell)).toEqual(['a']);
  });

  it('begins to count anew with the day', () => {
    const { told } = chooseNews([piece('a'), piece('b')], { kinds, perDay: 1 }, nothing, 'today');
    expect(told).toMatchObject({ day: 'today', count: 1 });
    expect(chooseNews([piece('c')], { kinds, perDay: 1 }, told, 'today').tell).toEqual([]);
    expect(ids(chooseNews([piece('d')], { kinds, perDay: 1 }, told, 'tomorrow').tell)).toEqual(['d']);
  });

  it('is never the same twice, and never more on a day than agreed, whatever comes when', () => {
    const rounds = fc.array(
      fc.record({
        day: fc.integer({ min: 0, max: 3 }).map((day) => `2026-11-2${day}`),
        news: fc.array(
          fc
            .tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom(...kinds))
            .map(([id, kind]) => piece(`${kind}:${id}`, kind)),
          { maxLength: 20 },
        ),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(rounds, fc.integer({ min: 1, max: 6 }), (rounds, perDay) => {
        const ordered = rounds.toSorted((a, b) => a.day.localeCompare(b.day));
        const shown: { day: string; id: string }[] = [];
        let told = nothing;
        for (const { day, news } of ordered) {
          const chosen = chooseNews(news, { kinds, perDay }, told, day);
          shown.push(...chosen.tell.map(({ id }) => ({ day, id })));
          ({ told } = chosen);
        }
        expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
        for (const { day } of shown)
          expect(shown.filter((one) => one.day === day).length).toBeLessThanOrEqual(perDay);
      }),
    );
  });
});
