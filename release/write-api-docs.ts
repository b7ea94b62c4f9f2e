import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub } from '../demo/hub-process.ts';
import { apiMarkdown, type OpenApiDocument } from './api-markdown.ts';

/* `npm run docs:api`: writes docs/api.md from what a hub says of itself. */
const home = await mkdtemp(join(tmpdir(), 'tandem-api-'));
const hub = await startHub({ PORT: '0', TANDEM_DATA: home });
const answer = await fetch(new URL('/openapi.json', hub.url));
await writeFile('docs/api.md', await apiMarkdown((await answer.json()) as OpenApiDocument));
await hub.stop();
await rm(home, { recursive: true });
