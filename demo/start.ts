import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { runCheck } from './check.ts';
import { findBrowser } from './find-browser.ts';
import { startHub } from './hub-process.ts';
import { connect, extensionPage, launch } from './launch.ts';
import { openGmail } from './panel.ts';
import { sampleGmail } from './sample-gmail/sample-gmail.ts';

/** Where the sample's hub and browser keep their data between runs. */
const HOME = resolve('.tandem');
const HUB_PORT = 8787;

const say = (line: string) => console.error(line);

/** `npm start`: builds everything, opens it and says what to click; `-- --check` does the clicking itself. */
async function start(): Promise<void> {
  const check = process.argv.includes('--check') || !hasDisplay();
  await findBrowser(say);
  say('Building the extension, and starting the hub with the sample workspace …');
  // The check starts from nothing, so that what it finds is what it did.
  const home = check ? await mkdtemp(join(tmpdir(), 'tandem-')) : HOME;
  const port = String(check ? 0 : await freePort(HUB_PORT));
  const [started, built] = await Promise.allSettled([
    startHub({ PORT: port, TANDEM_DATA: join(home, 'hub'), TANDEM_SAMPLE: '1' }),
    promisify(execFile)('npx', ['wxt', 'build'], { shell: process.platform === 'win32' }),
  ]);
  if (started.status === 'rejected') throw started.reason;
  const hub = started.value;
  try {
    if (built.status === 'rejected') throw built.reason;
    if (check) {
      console.log(
        JSON.stringify(
          await runCheck(hub, home, resolve(option('--screenshots') ?? join(HOME, 'check'))),
          null,
          2,
        ),
      );
      return;
    }
    const browser = await launch({ profile: join(home, 'browser'), headless: false });
    await connect(browser, hub.url, hub.signInCode);
    await openGmail(browser, sampleGmail({ language: 'en' }));
    console.log(`1. Click a mail: beside a lead's the panel opens. Accept or return the lead with one click.
2. Marketing's inbox is at ${extensionPage('workspace.html')} (the settings lead there, too).
3. Hub (${hub.url}) and browser keep their data in ${home}. Close the browser to end.`);
    await new Promise((closed) => browser.once('close', closed));
  } finally {
    await hub.stop();
  }
}

/** The word after an option on the command line. */
const option = (name: string) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;

/** A browser window needs one; macOS and Windows always have it. */
const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

/** The preferred port, or 0 for any when somebody has it. */
function freePort(preferred: number): Promise<number> {
  return new Promise((done) => {
    const probe = createServer()
      .once('error', () => done(0))
      .once('listening', () => probe.close(() => done(preferred)))
      .listen(preferred, '127.0.0.1');
  });
}

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
