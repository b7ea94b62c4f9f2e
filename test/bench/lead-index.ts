import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { bundle } from '../support/bundle.ts';
import type * as InPage from './lead-index-page.ts';
import { longestTask } from './longest-task.ts';
import { round } from './statistics.ts';

type Functions = typeof InPage;
type AnswerOf<Name extends keyof Functions> = Awaited<ReturnType<Functions[Name]>>;

/** A million leads in Chromium: what our index costs, and beside it a `Set` of strings and a Bloom filter. */
export async function benchLeadIndex(browser: Browser) {
  const page = await openPage(browser);
  const run = <Name extends keyof Functions>(name: Name, argument = '') =>
    page.evaluate<AnswerOf<Name>>(`leadIndex.${name}(${JSON.stringify(argument)})`);
  const watch = async <Name extends keyof Functions>(name: Name) => {
    let answer: AnswerOf<Name> | undefined;
    // What an earlier step has left to be collected is not this one's.
    await collectGarbage(page);
    const longest = await longestTask(browser, page, async () => void (answer = await run(name)));
    return { answer: answer!, longest };
  };

  await run('prepare');
  await run('preparePages');
  const first = await watch('firstSync');
  const load = await watch('load');
  const delta = await watch('syncDeltas');
  const lookUps = await run('lookUps');
  const many = await watch('lookUpMany');
  const costs = [
    { what: '50 addresses, with hashing', ms: round(lookUps.fresh, 2), budget: '≤ 1' },
    { what: '50 addresses, known from before', ms: round(lookUps.cached, 4), budget: '≤ 0.02' },
    { what: '500 addresses', ms: round(many.answer, 1), 'longest task': many.longest, budget: 'task ≤ 5' },
    {
      what: 'sync of 1,000 changes',
      ms: round(delta.answer, 1),
      'longest task': delta.longest,
      budget: 'task ≤ 5',
    },
    { what: 'first sync, without the network', ms: round(first.answer, 0), 'longest task': first.longest },
    { what: 'loading from storage', ms: round(load.answer, 1), 'longest task': load.longest },
  ];

  const tableBytes = await run('buildTable');
  const before = await heapBytes(page);
  await run('buildSet');
  const setBytes = (await heapBytes(page)) - before;
  const bloom = await run('buildBloom');
  const row = async (name: string, structure: string, bytes: number) => {
    const { found, of } = await run('falsePositives', name);
    const { fresh, change } = await run('bare', name);
    return {
      structure,
      MB: round(bytes / 1e6, 1),
      'strangers known': `${found} of ${of / 1e6} million`,
      '50 hashed ms': round(fresh, 2),
      '1,000 changes ms': round(change, 1),
    };
  };
  const structures = [
    await row('table', 'Tandem, with a byte of state each', tableBytes),
    await row('set', 'Set of strings, no state', setBytes),
    // Nothing can be taken out of one: it has to be made anew.
    {
      ...(await row('bloom', 'Bloom filter, no state', bloom.bytes)),
      '1,000 changes ms': round(bloom.took, 0),
    },
  ];
  await page.close();
  return { costs, structures };
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.route('https://bench.test/', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  // WebCrypto and IndexedDB are for secure origins only.
  await page.goto('https://bench.test/');
  const entry = fileURLToPath(new URL('lead-index-page.ts', import.meta.url));
  await page.evaluate(await bundle(entry, 'leadIndex'));
  return page;
}

async function collectGarbage(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  return devtools;
}

async function heapBytes(page: Page): Promise<number> {
  return (await (await collectGarbage(page)).send('Runtime.getHeapUsage')).usedSize;
}
