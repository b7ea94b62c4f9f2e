import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createBadgeAnswers } from '../../../entrypoints/overlay/badge-answers.ts';
import type { PersonOnPage } from '../../../utils/contract/page-reading.ts';
import type { Badge } from '../../../utils/extension/messages.ts';

const mql: Badge = { stage: 'mql', clock: 'at-risk', doNotContact: false };
const person = (email: string): PersonOnPage => ({ key: email, email, role: 'list-sender' });
const lea = person('lea@lead.example');
const max = person('max@nobody.example');

const ask = vi.fn<Parameters<typeof createBadgeAnswers>[0]>();
beforeEach(() => {
  ask.mockReset();
  ask.mockImplementation((people) =>
    Promise.resolve(people.map(({ email }) => (email?.endsWith('@lead.example') ? mql : null))),
  );
});

describe('what the background says of rows', () => {
  it('is asked once for each person, however it is written', async () => {
    const answers = createBadgeAnswers(ask);
    expect(answers.of(lea)).toBeUndefined();
    expect(await answers.ask([lea, max, lea])).toBe(true);
    expect([answers.of(lea), answers.of(max)]).toEqual([mql, null]);
    expect(await answers.ask([person('LEA@lead.example'), max])).toBe(false);
    expect(ask.mock.calls).toEqual([[[{ email: lea.email }, { email: max.email }]]]);
  });

  it('is no news where nobody is a lead', async () => {
    expect(await createBadgeAnswers(ask).ask([max])).toBe(false);
  });

  it('is not asked for about a mere name', async () => {
    await createBadgeAnswers(ask).ask([{ key: 'x', name: 'Lea', role: 'list-sender' }]);
    expect(ask).not.toHaveBeenCalled();
  });

  it('keeps one record apart from the same number in another installation', async () => {
    const answers = createBadgeAnswers(ask);
    const record = { system: 'odoo', tenant: 'a.example', type: 'crm.lead', id: '7' };
    const one: PersonOnPage = { key: '1', role: 'record', record };
    const other: PersonOnPage = { key: '2', role: 'record', record: { ...record, tenant: 'b.example' } };
    ask.mockResolvedValueOnce([mql]).mockResolvedValueOnce([null]);
    await answers.ask([one]);
    await answers.ask([other]);
    expect([answers.of(one), answers.of(other)]).toEqual([mql, null]);
  });

  it('is asked in messages of 500', async () => {
    await createBadgeAnswers(ask).ask(Array.from({ length: 1_100 }, (_, n) => person(`p${n}@x.example`)));
    expect(ask.mock.calls.map(([people]) => people.length)).toEqual([500, 500, 100]);
  });

  it('is bounded; who was looked at last stays known', async () => {
    const answers = createBadgeAnswers(ask);
    await answers.ask([lea]);
    for (let page = 0; page < 20; page++) {
      answers.of(lea);
      await answers.ask(Array.from({ length: 400 }, (_, n) => person(`p${page}.${n}@x.example`)));
    }
    expect(answers.size).toBe(5_000);
    expect(answers.of(lea)).toEqual(mql);
  });

  it('is asked anew after a change; until then the old answer stands', async () => {
    const answers = createBadgeAnswers(ask);
    await answers.ask([lea]);
    answers.renew();
    expect(answers.of(lea)).toEqual(mql);
    ask.mockResolvedValueOnce([null]);
    expect(await answers.ask([lea])).toBe(true);
    expect(answers.of(lea)).toBeNull();
  });

  it('that arrives after everything was forgotten is not believed', async () => {
    const answers = createBadgeAnswers(ask);
    const { promise, resolve } = Promise.withResolvers<Badge[]>();
    ask.mockReturnValueOnce(promise);
    const news = answers.ask([lea]);
    answers.forget();
    resolve([mql]);
    expect(await news).toBe(false);
    expect(answers.of(lea)).toBeUndefined();
    expect(await answers.ask([lea])).toBe(true);
  });

  it('is asked again after a failure', async () => {
    const answers = createBadgeAnswers(ask);
    ask.mockRejectedValueOnce(new Error('Extension context invalidated.'));
    expect(await answers.ask([lea])).toBe(false);
    expect(await answers.ask([lea])).toBe(true);
  });
});
