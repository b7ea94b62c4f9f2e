import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PageReading } from '../../utils/contract/page-reading.ts';

/** A page of Gmail and what a correct reader makes of it. */
export interface GmailFixture {
  name: string;
  html: string;
  url: URL;
  reading: PageReading | null;
  /** Addresses that stand somewhere in the page and must not be reported as people. */
  never: string[];
}

const folder = join(import.meta.dirname, '../fixtures/gmail');

/** Every page in test/fixtures/gmail with the expectations beside it. */
export const gmailFixtures: GmailFixture[] = readdirSync(folder)
  .filter((file) => file.endsWith('.html'))
  .map((file) => {
    const name = basename(file, '.html');
    const { url, reading, never } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
      url: string;
      reading: PageReading | null;
      never: string[];
    };
    return { name, html: readFileSync(join(folder, file), 'utf8'), url: new URL(url), reading, never };
  });
