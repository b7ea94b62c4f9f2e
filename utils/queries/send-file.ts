import { v7 as uuidv7 } from 'uuid';
import { type Import, IMPORT_PART_BYTES, type ImportKind } from '../contract/import.ts';
import type { Failure, Result } from '../extension/failure.ts';
import type { HubClient } from '../extension/hub-client.ts';
import { unwrap } from './unwrap.ts';

/** A hub that is restarted, or a train in a tunnel, is back by the end of these. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const PASSING: ReadonlySet<Failure['kind']> = new Set(['offline', 'hub-error', 'too-many-requests']);

type Wait = (ms: number) => Promise<void>;
const wait: Wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Finds the import of this file that was broken off, or begins one; returns its id. */
export async function announceFile(
  hub: Pick<HubClient, 'listImports' | 'createImport'>,
  file: File,
  kind: ImportKind,
): Promise<string> {
  const fingerprint = await fingerprintOf(file, kind);
  const { imports } = unwrap(await hub.listImports());
  const begun = imports.find((other) => other.fingerprint === fingerprint && other.state === 'uploading');
  if (begun) return begun.id;
  const body = { id: uuidv7(), kind, fileName: file.name, size: file.size, fingerprint };
  return unwrap(await hub.createImport({ body })).id;
}

/** Whether this is the file that an import was begun with. */
export const isFileOf = async (file: File, { kind, fingerprint }: Import): Promise<boolean> =>
  (await fingerprintOf(file, kind)) === fingerprint;

/** Sends the parts of a file that the hub does not have. Throws a `FailureError` when the hub stays away. */
export async function sendFile(
  hub: Pick<HubClient, 'readImport' | 'putImportPart'>,
  file: File,
  id: string,
  pause: Wait = wait,
): Promise<void> {
  const { parts } = unwrap(await patiently(() => hub.readImport({ params: { id } }), pause));
  const here = new Set(parts.received);
  for (let n = 0; n < parts.count; n++) {
    if (here.has(n)) continue;
    // A slice is read when its turn comes: the file is never in memory as a whole.
    const data = await base64(file.slice(n * IMPORT_PART_BYTES, (n + 1) * IMPORT_PART_BYTES));
    unwrap(await patiently(() => hub.putImportPart({ params: { id, n }, body: { data } }), pause));
  }
}

/** Repeats what may be done twice while the hub is away. */
async function patiently<T>(attempt: () => Promise<Result<T>>, pause: Wait): Promise<Result<T>> {
  for (const ms of WAITS_MS) {
    const result = await attempt();
    if (result.ok || !PASSING.has(result.error.kind)) return result;
    await pause(ms);
  }
  return attempt();
}

/** The same as the hub's command makes, so that either goes on where the other was. */
async function fingerprintOf({ name, size, lastModified }: File, kind: ImportKind): Promise<string> {
  const text = new TextEncoder().encode(`${kind} ${name} ${size} ${lastModified}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** So many bytes at once fit into the arguments of a call. */
const CHUNK = 0x8000;

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}
