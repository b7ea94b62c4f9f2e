// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createBadgeAnswers } from '../../../entrypoints/overlay/badge-answers.ts';
import { createBadges } from '../../../entrypoints/overlay/badges.ts';
import type { PersonOnPage } from '../../../utils/contract/page-reading.ts';
import type { Badge } from '../../../utils/extension/messages.ts';
import type { Row } from '../../../utils/sites/site.ts';

const badge = (some: Partial<Badge> = {}): Badge => ({
  stage: 'mql',
  clock: 'none',
  doNotContact: false,
  ...some,
});
const known = new Map([
  ['lea@lead.example', badge({ clock: 'at-risk' })],
  ['ole@lead.example', badge({ stage: 'opportunity' })],
  ['pia@lead.example', badge({ stage: null, clock: 'breached', doNotContact: true })],
]);
const look = vi.fn();
let badges: ReturnType<typeof createBadges>;

beforeEach(() => {
  look.mockReset();
  vi.spyOn(fakeBrowser.i18n, 'getMessage').mockImplementation((name) => name);
  document.body.innerHTML = '<ul><li>one</li><li>two</li><li>three</li></ul>';
  const answers = createBadgeAnswers((people) =>
    Promise.resolve(people.map(({ email }) => known.get(email!) ?? null)),
  );
  badges = createBadges(answers, look);
});

const person = (email: string, some: Partial<PersonOnPage> = {}): PersonOnPage => ({
  key: email,
  email,
  role: 'list-sender',
  ...some,
});
const item = (index: number) => document.querySelectorAll('li')[index]!;
const row = (index: number, ...people: PersonOnPage[]): Row => ({ anchor: item(index), people });
const shown = () =>
  [...document.querySelectorAll('li')].map((li) =>
    li.querySelector('tandem-badge')?.getAttribute('aria-label'),
  );
/** As the page's watcher does: once, and again when the answer has come. */
const show = async (...rows: Row[]) => {
  badges.show(rows);
  await vi.waitFor(() => expect(look).toHaveBeenCalled());
  badges.show(rows);
};

describe('badges', () => {
  it('mark the rows of leads, and of nobody else', async () => {
    await show(row(0, person('lea@lead.example')), row(1, person('max@nobody.example')));
    expect(shown()).toEqual(['stage_short_mql · badge_clock_at_risk', undefined, undefined]);
    const [element] = item(0).children;
    expect(item(0).firstChild).toBe(element);
    expect(element).toMatchObject({ childElementCount: 0, title: 'stage_short_mql · badge_clock_at_risk' });
    expect(element!.getAttribute('role')).toBe('img');
    expect(element!.matches('[tabindex]')).toBe(false);
  });

  it('speak of the most urgent of several', async () => {
    await show(row(0, person('ole@lead.example'), person('pia@lead.example'), person('lea@lead.example')));
    expect(shown()[0]).toBe('badge_lead · badge_clock_breached · badge_doNotContact');
  });

  it('guess nothing about an uncertain person', async () => {
    await show(row(0, person('lea@lead.example', { uncertain: true })), row(1, person('ole@lead.example')));
    expect(shown()).toEqual([undefined, 'stage_short_opportunity', undefined]);
  });

  it('leave a row at once when it shows somebody else, before anything is known of them', async () => {
    await show(row(0, person('lea@lead.example')));
    badges.show([row(0, person('new@lead.example'))]);
    expect(shown()[0]).toBeUndefined();
  });

  it('leave rows that are gone, and copies of a row that the page has made', async () => {
    await show(row(0, person('lea@lead.example')), row(1, person('ole@lead.example')));
    item(2).append(item(0).firstChild!.cloneNode());
    badges.show([row(1, person('ole@lead.example'))]);
    expect(shown()).toEqual([undefined, 'stage_short_opportunity', undefined]);
  });

  it('come back when the page draws a row anew, but not for ever', async () => {
    await show(row(0, person('lea@lead.example')));
    item(0).textContent = 'drawn anew';
    badges.show([row(0, person('lea@lead.example'))]);
    expect(shown()[0]).toBeDefined();
    for (let times = 0; times < 10; times++) {
      item(0).querySelector('tandem-badge')?.remove();
      badges.show([row(0, person('lea@lead.example'))]);
    }
    expect(shown()[0]).toBeUndefined();
  });

  it('are no change of the page, but taking one away is', async () => {
    await show(row(0, person('lea@lead.example')));
    const element = item(0).firstChild!;
    expect(badges.isOwn(element)).toBe(true);
    element.remove();
    expect(badges.isOwn(element)).toBe(false);
    badges.show([]);
    expect(badges.isOwn(element)).toBe(true);
    expect(badges.isOwn(item(0))).toBe(false);
  });

  it('are all gone when switched off', async () => {
    await show(row(0, person('lea@lead.example')), row(1, person('ole@lead.example')));
    badges.clear();
    expect(document.body.innerHTML).toBe('<ul><li>one</li><li>two</li><li>three</li></ul>');
  });
});
