import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import linter, { type Finding } from 'addons-linter';
import { expect, it } from 'vitest';

const FOLDER = '.output/store-firefox';
/** So much of the source on either side of a finding says from whom it is. */
const AROUND = 200;

/** Every warning of Mozilla's linter that stays, by what stands around it in the source, and why it may. */
const EXPLAINED = [
  {
    code: 'DANGEROUS_EVAL',
    source: /\.jitless\b.*Function\(``\)/su,
    why: 'zod asks once whether it could make code, is told "no" by our content security policy, and does without.',
  },
  {
    code: 'UNSAFE_VAR_ASSIGNMENT',
    source: /__html.*\.innerHTML=/su,
    why: "React's dangerouslySetInnerHTML, which nothing of ours uses.",
  },
  {
    code: 'UNSAFE_VAR_ASSIGNMENT',
    source: /this\.node\(\)\.(?:textContent|innerHTML)\}.*this\.innerHTML=/su,
    why: "d3's selection.html(), which comes with Observable Plot and which neither it nor we call.",
  },
] as const;

it('has no errors and notices, and no warning but those explained here', async () => {
  // Another output than `none` would be printed.
  const instance = linter.createInstance({
    config: { _: [FOLDER], output: 'none', logLevel: 'fatal' },
    runAsBinary: false,
  });
  await instance.run();
  const { errors, notices, warnings } = instance.output;
  expect({ errors, notices }).toEqual({ errors: [], notices: [] });

  const found = await Promise.all(warnings.map(explain));
  expect(found.filter(({ entry }) => entry === undefined).map(({ text }) => text)).toEqual([]);
  // What is no longer found needs no excuse.
  const unused = EXPLAINED.filter((known) => !found.some(({ entry }) => entry === known));
  expect(unused.map(({ why }) => why)).toEqual([]);
});

async function explain({ code, file = '', line = 1, column = 0, message }: Finding) {
  const lines = (await readFile(join(FOLDER, file), 'utf8')).split('\n');
  const source = lines[line - 1]!.slice(Math.max(0, column - AROUND), column + AROUND);
  const entry = EXPLAINED.find((known) => known.code === code && known.source.test(source));
  return { entry, text: `${code} ${message} in ${file}: ${source}` };
}
