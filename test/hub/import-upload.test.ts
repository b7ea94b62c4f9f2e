import { expect, test } from 'vitest';
import { createHubClient } from '../../utils/extension/hub-client.ts';
import { announceFile, sendFile } from '../../utils/queries/send-file.ts';
import { importsOf } from './support/import-file.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();

test('what the page sends arrives, also when it is broken off and begun anew', async () => {
  const hub = await hubs.open();
  const call = await hub.as(hub.marketer);
  const imports = importsOf(hub.hub, call);
  let left = 3;
  const puts: string[] = [];
  const client = createHubClient(async ({ method, path, body }) => {
    if (method === 'PUT' && --left < 0) return { ok: false, error: { kind: 'signed-out' } };
    if (method === 'PUT') puts.push(path.slice(path.lastIndexOf('/') + 1));
    const { status, json } = await call(method, path, body);
    return { ok: true, value: { status, body: json } };
  });
  const rows = Array.from({ length: 40_000 }, (_, n) => `p${n}@a.example;Jörg Müller ${n};Straße ${n}`);
  const file = new File([['E-Mail;Name;Firma', ...rows].join('\n')], 'people.csv', { lastModified: 1 });
  const id = await announceFile(client, file, 'people');
  await expect(sendFile(client, file, id)).rejects.toThrow();
  expect(await imports.read(id)).toMatchObject({
    state: 'uploading',
    parts: { count: 4, received: [0, 1, 2] },
  });

  left = Infinity;
  expect(await announceFile(client, file, 'people')).toBe(id);
  await sendFile(client, file, id);
  expect(puts).toEqual(['0', '1', '2', '3']);
  await imports.jobs();
  const read = await imports.read(id);
  expect(read).toMatchObject({ state: 'ready', rows: 40_000, bad: 0 });
  expect(read.preview[0]?.cells).toEqual(['p0@a.example', 'Jörg Müller 0', 'Straße 0']);
});
