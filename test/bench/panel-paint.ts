import { backToInbox, rowOf } from '../../demo/gmail-actions.ts';
import type { HubProcess } from '../../demo/hub-process.ts';
import { connect, launch } from '../../demo/launch.ts';
import { timeToPanel } from '../../demo/paint-time.ts';
import { openGmail } from '../../demo/panel.ts';
import * as sample from '../../demo/sample-gmail/mails.ts';
import { sampleGmail } from '../../demo/sample-gmail/sample-gmail.ts';
import { round, summary } from './statistics.ts';

/** Mails with exactly one lead, each of somebody else. */
const MAILS = [
  sample.conversation,
  sample.recycled,
  sample.accepted,
  sample.customer,
  sample.sale,
  sample.doNotContact,
  sample.secondRound,
];
const ROUNDS = 3;

/** From the click that opens a mail to the panel painted with the lead's context, beside the mail's own painting. */
export async function benchPanelPaint(hub: HubProcess) {
  const first: Times[] = [];
  const fromHub: Times[] = [];
  const fromCache: Times[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const browser = await launch({ profile: '', headless: true });
    await connect(browser, hub.url, round === 0 ? hub.signInCode : await hub.nextSignInCode());
    const gmail = await openGmail(browser, sampleGmail({ language: 'en' }));
    const open = async (mail: (typeof MAILS)[number]) => {
      const time = await timeToPanel(gmail, () => rowOf(gmail, mail).click());
      await backToInbox(gmail);
      return time;
    };
    const [opening, ...others] = MAILS;
    first.push(await open(opening!));
    for (const mail of others) fromHub.push(await open(mail));
    for (const mail of MAILS) fromCache.push(await open(mail));
    await browser.close();
  }
  return [
    row('first mail after start: panel and context new', first, null),
    row('next mails, context from the hub', fromHub, 250),
    row('mails seen before, context from the cache', fromCache, 100),
  ];
}

type Times = Awaited<ReturnType<typeof timeToPanel>>;

const row = (what: string, times: Times[], budget: number | null) => {
  const panel = summary(times.map((time) => time.panel));
  return {
    what,
    'median ms': round(panel.median, 0),
    'p95 ms': round(panel.p95, 0),
    'budget ms': budget,
    'mail itself ms': round(summary(times.map((time) => time.mail)).median, 0),
    n: times.length,
  };
};
