import { grantedExtension } from '../support/granted-extension.ts';
import prepareTemplate from '../support/hub-template.ts';
import { HOSTS } from './hosts.ts';
import { startOdoo } from './odoo.ts';
import { requireRootOnDebian } from './packages.ts';
import { type Peers, PEERS } from './peers.ts';
import { startRoundcube } from './roundcube.ts';

const say = (line: string) => void process.stderr.write(`peers: ${line}\n`);

/**
 * Playwright's global setup: the peers, each of them or why it cannot be had here, the extension as the tests
 * need it, and the hub's data. Returns what ends and removes them all.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async () => {
    await Promise.allSettled(stops.map((stop) => stop()));
  };
  const begin = async <T extends { stop: () => Promise<void> }>(name: string, start: () => Promise<T>) => {
    try {
      await requireRootOnDebian();
      const { stop, ...peer } = await start();
      stops.push(stop);
      return { peer };
    } catch (error) {
      const missing = `No ${name} here, so nothing was tested on it. ${String((error as Error).message)}`;
      say(missing);
      return { missing };
    }
  };
  try {
    stops.push(await prepareTemplate());
    const [odoo, roundcube] = await Promise.all([
      begin('Odoo', () => startOdoo(say)),
      begin('Roundcube', startRoundcube),
    ]);
    if (process.env['TANDEM_PEERS_REQUIRED'] === '1' && ('missing' in odoo || 'missing' in roundcube)) {
      throw new Error('A peer is missing, and TANDEM_PEERS_REQUIRED=1 asks for all of them.');
    }
    const extension = await grantedExtension(Object.values(HOSTS).map((host) => `http://${host}/*`));
    stops.push(extension.remove);
    const peers: Peers = { odoo, roundcube, extension: extension.folder };
    process.env[PEERS] = JSON.stringify(peers);
    return stopAll;
  } catch (error) {
    await stopAll();
    throw error;
  }
}
