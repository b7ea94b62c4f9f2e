import type { World } from './fake-background.ts';
import { ago, jonas, plainSettings, sampleSites, world } from './world.ts';

/** The popup in a world in which the user is somewhere else. */
const at = (here: Partial<World['here']>, rest: Partial<World> = {}): World => {
  const base = world(rest);
  return { ...base, here: { ...base.here, ...here } };
};
/** Where Tandem does not work, nobody was looked for. */
const nobody = { leads: [], others: 0, panel: null };
const crm = {
  host: 'crm.hafenlogistik.example:8069',
  pattern: 'https://crm.hafenlogistik.example/*',
  patterns: ['https://crm.hafenlogistik.example/*'],
  ...nobody,
};
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

function sitesOn(): World {
  const sites = sampleSites();
  const [gmail, , hubspot, odoo] = sites;
  gmail!.revoked = true;
  hubspot?.on.push({ id: 'hubspot', patterns: hubspot.patterns, granted: true });
  odoo?.on.push(
    { id: 'odoo:crm.hafenlogistik.example', patterns: [crm.pattern], granted: true },
    { id: 'odoo:erp.konzern.example', patterns: ['https://erp.konzern.example/*'], granted: false },
  );
  return world({
    sites,
    settings: { ...plainSettings, sitesOff: ['outlook'], pausedUntil: inAnHour() },
    siteReports: [
      {
        site: 'gmail',
        at: ago(40_000),
        view: 'thread',
        people: 3,
        readers: [
          { role: 'sender', won: [1], disagreed: 0 },
          { role: 'recipient', won: [1, 1], disagreed: 1 },
        ],
        packVersion: 4,
      },
      { site: 'odoo', at: ago(3_600_000), view: null, people: 0, readers: [] },
    ],
  });
}

/** What the popup says of a page, and the settings that have to do with sites. */
export const siteStates = {
  popup: () =>
    at(
      { others: 2, leads: [{ key: jonas.key, name: 'Jonas Petersen', stage: 'mql' }] },
      {
        others: [
          { name: 'Renate Winter', email: 'renate.winter@familie-winter.example', role: 'sender' },
          { email: 'news@rad-und-tat.example', role: 'recipient' },
        ],
      },
    ),
  'popup-several': () =>
    at({
      panel: 'folded',
      others: 1,
      leads: [
        { key: '1', name: 'Jonas Petersen', stage: 'mql' },
        { key: '2', name: '', stage: null },
        { key: '3', name: 'a.very.long.address.that.somebody.really.has@konzern.example', stage: 'sql' },
      ],
    }),
  'popup-side-panel': () =>
    at(
      { panel: null, leads: [{ key: jonas.key, name: 'Jonas Petersen', stage: 'mql' }] },
      { settings: { ...plainSettings, sidePanel: true } },
    ),
  'popup-nobody': () => at(nobody),
  'popup-private': () => at({ ...nobody, state: 'private-mailbox', account: 'lena@familie-brandt.example' }),
  'popup-unknown': () => at({ ...nobody, state: 'unknown-mailbox' }),
  'popup-signed-out': () => at({ ...nobody, state: 'signed-out' }, { connection: null }),
  'popup-paused': () =>
    at({ ...nobody, state: 'paused' }, { settings: { ...plainSettings, pausedUntil: inAnHour() } }),
  'popup-off': () =>
    at({ ...nobody, state: 'switched-off' }, { settings: { ...plainSettings, sitesOff: ['gmail'] } }),
  'popup-not-on': () => at({ ...crm, site: null, state: 'not-on' }),
  'popup-recognised': () => at({ ...crm, site: 'odoo', state: 'not-on' }),
  'popup-revoked': () => at({ ...nobody, state: 'revoked' }),
  'popup-reload': () => at({ ...nobody, state: 'reload' }),
  'popup-not-understood': () => at({ ...nobody, state: 'not-understood' }),
  'popup-not-a-page': () =>
    at({ ...nobody, host: null, pattern: null, patterns: [], site: null, state: 'not-a-page' }),
  'options-sites': sitesOn,
} satisfies Record<string, () => World>;
