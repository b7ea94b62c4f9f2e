import { expect, test } from 'vitest';
import { type Import, IMPORT_PART_BYTES, type ImportKind } from '../../../utils/contract/import.ts';
import type { Failure, Result } from '../../../utils/extension/failure.ts';
import { announceFile, isFileOf, sendFile } from '../../../utils/queries/send-file.ts';

const ID = '019a0000-0009-7000-8000-000000000001';
const no = (kind: Failure['kind']): Result<never> => ({ ok: false, error: { kind } });

/** Bytes of every value, so that nothing that is text only goes through. */
function fileOf(size: number, lastModified = 1_000): File {
  const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) % 256);
  return new File([bytes], 'people.csv', { lastModified });
}

/** A hub that keeps parts; `failures` are what it answers first. */
function fakeHub(size: number, received: number[] = [], failures: Failure['kind'][] = []) {
  const count = Math.ceil(size / IMPORT_PART_BYTES);
  const imports: { id: string; kind: ImportKind; fingerprint?: string; state: Import['state'] }[] = [];
  const sent: { n: number; bytes: Buffer }[] = [];
  const pauses: number[] = [];
  const answer = <T>(value: T): Promise<Result<T>> => {
    const kind = failures.shift();
    return Promise.resolve(kind ? no(kind) : { ok: true, value });
  };
  return {
    imports,
    sent,
    pauses,
    pause: (ms: number) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    hub: {
      listImports: () => answer({ imports: imports as never }),
      createImport: ({
        body,
      }: {
        body: { id: string; kind: ImportKind; fingerprint?: string | undefined };
      }) => {
        const { id, kind, fingerprint } = body;
        imports.push({ id, kind, ...(fingerprint !== undefined && { fingerprint }), state: 'uploading' });
        return answer({ id } as Import);
      },
      readImport: () => answer({ parts: { count, received } } as Import),
      putImportPart: async ({
        params: { n },
        body: { data },
      }: {
        params: { n: number };
        body: { data: string };
      }) => {
        const result = await answer(undefined);
        if (result.ok) sent.push({ n, bytes: Buffer.from(data, 'base64') });
        return result;
      },
    },
  };
}

test.each([
  ['one byte', 1],
  ['a part less one byte', IMPORT_PART_BYTES - 1],
  ['exactly two parts', 2 * IMPORT_PART_BYTES],
  ['two parts and a bit', 2 * IMPORT_PART_BYTES + 7],
])('sends %s as what it is', async (_, size) => {
  const { hub, sent } = fakeHub(size);
  const file = fileOf(size);
  await sendFile(hub, file, ID);
  expect(sent.map(({ n }) => n)).toEqual(sent.map((_part, index) => index));
  expect(sent.slice(0, -1).every(({ bytes }) => bytes.length === IMPORT_PART_BYTES)).toBe(true);
  const arrived = Buffer.concat(sent.map(({ bytes }) => bytes));
  expect(arrived.equals(Buffer.from(await file.arrayBuffer()))).toBe(true);
});

test('sends only what the hub lacks, from where it belongs', async () => {
  const size = 3 * IMPORT_PART_BYTES + 5;
  const { hub, sent } = fakeHub(size, [0, 2]);
  const file = fileOf(size);
  await sendFile(hub, file, ID);
  expect(sent.map(({ n }) => n)).toEqual([1, 3]);
  const whole = Buffer.from(await file.arrayBuffer());
  expect(sent[0]!.bytes.equals(whole.subarray(IMPORT_PART_BYTES, 2 * IMPORT_PART_BYTES))).toBe(true);
  expect(sent[1]!.bytes.equals(whole.subarray(3 * IMPORT_PART_BYTES))).toBe(true);
});

test('waits longer and longer while the hub is away, and goes on', async () => {
  const { hub, sent, pauses, pause } = fakeHub(10, [], ['offline', 'hub-error', 'too-many-requests']);
  await sendFile(hub, fileOf(10), ID, pause);
  expect(sent).toHaveLength(1);
  expect(pauses).toEqual([1_000, 2_000, 4_000]);
});

test('gives up when the hub stays away, and at once when it refuses', async () => {
  const away = fakeHub(
    10,
    [],
    Array.from({ length: 20 }, () => 'offline' as const),
  );
  await expect(sendFile(away.hub, fileOf(10), ID, away.pause)).rejects.toMatchObject({
    failure: { kind: 'offline' },
  });
  expect(away.pauses.length).toBeGreaterThan(3);
  const gone = fakeHub(10, [], ['not-found']);
  await expect(sendFile(gone.hub, fileOf(10), ID, gone.pause)).rejects.toMatchObject({
    failure: { kind: 'not-found' },
  });
  expect(gone.pauses).toEqual([]);
});

test('takes up the import of the same file, and of no other', async () => {
  const { hub, imports } = fakeHub(10);
  const first = await announceFile(hub, fileOf(10), 'people');
  expect(await announceFile(hub, fileOf(10), 'people')).toBe(first);
  expect(await announceFile(hub, fileOf(10), 'touchpoints')).not.toBe(first);
  expect(await announceFile(hub, fileOf(10, 2_000), 'people')).not.toBe(first);
  expect(imports).toHaveLength(3);
  imports[0]!.state = 'ready';
  expect(await announceFile(hub, fileOf(10), 'people')).not.toBe(first);
});

test('knows the file that an import was begun with', async () => {
  const { hub, imports } = fakeHub(10);
  await announceFile(hub, fileOf(10), 'people');
  const begun = imports[0] as Import;
  expect(await isFileOf(fileOf(10), begun)).toBe(true);
  expect(await isFileOf(fileOf(11), begun)).toBe(false);
});
