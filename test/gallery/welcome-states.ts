import type { World } from './fake-background.ts';
import { plainSettings, world } from './world.ts';

const alone =
  (firstRun: World['firstRun'], rest: Partial<World> = {}) =>
  () =>
    world({
      connection: null,
      settings: structuredClone(plainSettings),
      ...(firstRun && { firstRun }),
      ...rest,
    });

/** The first run, step by step; its guided look has a page in a frame, which the gallery has not. */
export const welcomeStates = {
  welcome: alone('connect'),
  'welcome-connected': () => world({ firstRun: 'connect' }),
  'welcome-sites': alone('sites'),
  'welcome-mailboxes': alone('mailboxes', {
    suggested: [
      'lena.brandt@tandem-gmbh.example',
      'a.very.long.address.that.somebody.really.has@subsidiary.konzern.example',
    ],
  }),
  'welcome-done': () => world({ firstRun: 'done' }),
  'welcome-done-alone': alone('done'),
  'popup-unfinished': () => world({ firstRun: 'sites' }),
} satisfies Record<string, () => World>;
