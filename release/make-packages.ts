import { rm } from 'node:fs/promises';
import { zip } from 'wxt';

/*
 * `npm run zip`: what the stores take, in `.output/`: a package for each browser, and for Firefox the sources of its own.
 * WXT sorts the files and gives them no time, so that the same sources make the same bytes anywhere.
 */
// Whatever a shell has set it to, React's development build is not for the stores.
process.env['NODE_ENV'] = 'production';

for (const browser of ['chrome', 'firefox']) {
  // A folder beside the one that tests and unpacked installs use: that one keeps its key.
  const outDirTemplate = `store-${browser}`;
  await rm(`.output/${outDirTemplate}`, { recursive: true, force: true });
  await zip({
    browser,
    manifestVersion: 3,
    mode: 'production',
    outDirTemplate,
    hooks: {
      // The Chrome Web Store signs with a key of its own and takes no package that brings one.
      'build:manifestGenerated': (_wxt, manifest) => {
        delete manifest.key;
      },
    },
  });
}
