import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LeadIndexResponse } from '../../../utils/contract/lead-index.ts';
import type { ExternalId } from '../../../utils/contract/primitives.ts';
import type { Stage } from '../../../utils/contract/stage.ts';
import { packState } from '../../../utils/domain/index-state.ts';
import { emailIndexText, importLeadKey, leadHash, recordIndexText } from '../../../utils/domain/lead-hash.ts';
import { findLead, findLeads, forgetIndex, syncIndex } from '../../../utils/extension/lead-index.ts';
import { emptyDatabase } from '../../support/extension-state.ts';

const RECORD: ExternalId = { system: 'odoo', tenant: 'crm.example.com:8069', type: 'crm.lead', id: '7' };
const KEYS = { one: new Uint8Array(32).fill(1), two: new Uint8Array(32).fill(2) };
type Page = Partial<LeadIndexResponse> & {
  key: keyof typeof KEYS;
  leads?: Record<string, Stage>;
  gone?: string[];
};

/** What a hub answers, given index texts instead of hashes. */
async function answer({ key, leads = {}, gone = [], ...rest }: Page): Promise<LeadIndexResponse> {
  const imported = await importLeadKey(KEYS[key]);
  const bytes = async (text: string, ...state: number[]) =>
    Buffer.from([...(await leadHash(imported, text)), ...state]);
  const upserts = Object.entries(leads).map(([text, stage]) =>
    bytes(text, packState({ stage, doNotContact: false, clock: 'running' })),
  );
  const base64 = async (list: Promise<Buffer>[]) =>
    Buffer.concat((await Promise.all(list)).sort((a, b) => Buffer.compare(a, b))).toString('base64');
  return {
    keyId: key,
    key: Buffer.from(KEYS[key]).toString('base64'),
    cursor: 1,
    complete: true,
    upserts: await base64(upserts),
    deletes: await base64(gone.map((text) => bytes(text))),
    ...rest,
  };
}

/** Syncs with a hub that answers these pages, one after the other; says what it was asked since. */
async function sync(...pages: (Page | null)[]): Promise<{ complete: boolean; asked: number[] }> {
  const asked: number[] = [];
  const complete = await syncIndex(async (since) => {
    asked.push(since);
    const page = pages[asked.length - 1];
    return page ? answer(page) : null;
  });
  return { complete, asked };
}

const lena = emailIndexText('lena@firm.example');
const omar = emailIndexText('omar@firm.example');
const stageOf = async (email: string) => (await findLead(email))?.stage ?? null;

beforeEach(emptyDatabase);

describe('finding leads', () => {
  it('looks for the record first, then the address, then the address without its tag', async () => {
    const leads = { [lena]: 'mql', [omar]: 'sal', [recordIndexText(RECORD)!]: 'customer' } as const;
    await sync({ key: 'one', leads });
    const hits = await findLeads([
      { record: RECORD, email: 'lena@firm.example' },
      { record: { ...RECORD, tenant: 'crm.other.example' }, email: ' Lena+news@FIRM.example' },
      { record: { system: 'odoo', type: 'crm.lead', id: '7' } },
      { email: 'nobody@firm.example' },
      { email: 'no address' },
      {},
      { email: 'omar@firm.example' },
      { record: RECORD },
    ]);
    expect(hits.map((hit) => hit?.stage ?? null)).toEqual([
      'customer',
      'mql',
      null,
      null,
      null,
      null,
      'sal',
      'customer',
    ]);
    expect(hits[0]).toEqual({ stage: 'customer', doNotContact: false, clock: 'running' });
  });

  it('knows nobody before the first sync', async () => {
    expect(await findLeads([{ email: 'lena@firm.example' }])).toEqual([null]);
  });

  it('hashes an address once, and lets others have a turn while it hashes many', async () => {
    await sync({ key: 'one', leads: { [lena]: 'mql' } });
    const sign = vi.spyOn(crypto.subtle, 'sign');
    const queries = Array.from({ length: 500 }, (_, n) => ({ email: `person${n}@firm.example` }));
    let turns = 0;
    let searching = true;
    const others = (async () => {
      for (; searching; turns++) await new Promise((resolve) => setImmediate(resolve));
    })();
    await findLeads([...queries, ...queries]);
    searching = false;
    await others;
    expect(turns).toBeGreaterThan(1);
    expect(sign).toHaveBeenCalledTimes(500);
    await findLeads(queries);
    expect(sign).toHaveBeenCalledTimes(500);
    sign.mockRestore();
  });

  it('answers right beyond what it remembers', async () => {
    await sync({ key: 'one', leads: { [lena]: 'mql' } });
    const strangers = (from: number) =>
      Array.from({ length: 12_000 }, (_, n) => ({ email: `person${from + n}@firm.example` }));
    const [first, second] = await Promise.all([
      findLeads([{ email: 'lena@firm.example' }, ...strangers(0)]),
      findLeads([...strangers(12_000), { email: 'lena@firm.example' }]),
    ]);
    expect(first.filter((hit) => hit !== null)).toHaveLength(1);
    expect(second.at(-1)?.stage).toBe('mql');
  });
});

describe('bringing the index up to date', () => {
  it('asks from where it stands, and keeps every page, also over a restart', async () => {
    await sync({ key: 'one', leads: { [lena]: 'mql' }, cursor: 5, complete: false }, null);
    forgetIndex();
    expect(await stageOf('lena@firm.example')).toBe('mql');
    const rest: Page = { key: 'one', leads: { [omar]: 'sal' }, gone: [lena], cursor: 9 };
    expect(await sync(rest)).toEqual({ complete: true, asked: [5] });
    expect(await stageOf('lena@firm.example')).toBeNull();
    expect(await stageOf('omar@firm.example')).toBe('sal');
  });

  it('starts over under another key, and answers by the old index until the new one is whole', async () => {
    await sync({ key: 'one', leads: { [lena]: 'mql' }, cursor: 5 });
    const first = { key: 'two', leads: { [omar]: 'sal' }, cursor: 11, complete: false } as const;
    const seen: unknown[] = [];
    const pages: Page[] = [
      { key: 'two', cursor: 12 },
      first,
      { key: 'two', leads: { [lena]: 'sal' }, cursor: 12 },
    ];
    const asked: number[] = [];
    await syncIndex(async (since) => {
      asked.push(since);
      seen.push([await stageOf('lena@firm.example'), await stageOf('omar@firm.example')]);
      return answer(pages[asked.length - 1]!);
    });
    expect(asked).toEqual([5, 0, 11]);
    expect(seen).toEqual(Array(3).fill(['mql', null]));
    expect([await stageOf('lena@firm.example'), await stageOf('omar@firm.example')]).toEqual(['sal', 'sal']);
  });

  it('keeps the old index when the new one breaks off, and never mixes two keys', async () => {
    await sync({ key: 'one', leads: { [lena]: 'mql' }, cursor: 5 });
    const first = { key: 'two', leads: { [omar]: 'sal' }, cursor: 11, complete: false } as const;
    expect(await sync({ key: 'two' }, first, null)).toEqual({ complete: false, asked: [5, 0, 11] });
    expect([await stageOf('lena@firm.example'), await stageOf('omar@firm.example')]).toEqual(['mql', null]);
    // The key changes again between two pages.
    expect(
      await sync({ key: 'two' }, first, { key: 'one' }, { key: 'one', leads: { [omar]: 'mql' } }),
    ).toEqual({
      complete: true,
      asked: [5, 0, 11, 0],
    });
    expect([await stageOf('lena@firm.example'), await stageOf('omar@firm.example')]).toEqual([null, 'mql']);
  });

  it('stores nothing when nothing has changed', async () => {
    await sync({ key: 'one', leads: { [lena]: 'mql' }, cursor: 5 });
    await findLead('lena@firm.example');
    const sign = vi.spyOn(crypto.subtle, 'sign');
    expect(await sync({ key: 'one', cursor: 5 })).toEqual({ complete: true, asked: [5] });
    expect(await stageOf('lena@firm.example')).toBe('mql');
    expect(sign).not.toHaveBeenCalled();
    sign.mockRestore();
  });
});
