import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { resealChannels } from '../../server/jobs/outgoing.ts';
import { createSecrets, SecretError, type Secrets } from '../../server/secrets.ts';
import { readSecretKeys } from '../../server/secret-keys.ts';
import { startReceiver } from './support/receiver.ts';
import { useTestHub } from './support/test-hub.ts';

const hubs = useTestHub();
const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const about = { workspaceId: 'w', purpose: 'channel 1 target' };

function secretsOf(...keys: Uint8Array[]): Secrets {
  const secrets = createSecrets(keys);
  if (!secrets) throw new Error('no key');
  return secrets;
}

test('a sealed text opens for what it belongs to, and is different each time', () => {
  const secrets = secretsOf(oldKey);
  const sealed = secrets.seal('grüße', about);
  expect(secrets.open(sealed, about)).toBe('grüße');
  expect(secrets.seal('grüße', about)).not.toBe(sealed);
  expect(() => secrets.open(sealed, { ...about, workspaceId: 'v' })).toThrow(SecretError);
  expect(() => secrets.open(sealed, { ...about, purpose: 'channel 2 target' })).toThrow(SecretError);
});

test('one that was changed anywhere is refused', () => {
  const secrets = secretsOf(oldKey);
  const sealed = secrets.seal('hook', about);
  const [version, id, content = ''] = sealed.split('.');
  const bytes = Buffer.from(content, 'base64url');
  for (let index = 0; index < bytes.length; index++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    expect(() => secrets.open([version, id, changed.toString('base64url')].join('.'), about)).toThrow(
      SecretError,
    );
  }
  for (const wrong of [
    '',
    'hook',
    `v2.${id}.${content}`,
    `v1.00000000.${content}`,
    `v1.${id}.`,
    `v1.${id}.AAAA`,
  ]) {
    expect(() => secrets.open(wrong, about)).toThrow(SecretError);
  }
});

test('keys rotate: the newest seals, older ones still open', () => {
  const sealed = secretsOf(oldKey).seal('hook', about);
  const both = secretsOf(newKey, oldKey);
  expect(both.open(sealed, about)).toBe('hook');
  expect(both.isCurrent(sealed)).toBe(false);
  const anew = both.seal('hook', about);
  expect(both.isCurrent(anew)).toBe(true);
  expect(secretsOf(newKey).open(anew, about)).toBe('hook');
  expect(() => secretsOf(newKey).open(sealed, about)).toThrow(/TANDEM_SECRET_KEYS/);
  expect(createSecrets([])).toBeNull();
});

test('channels are sealed anew by the newest key, so that the old one can go', async () => {
  const receiver = await startReceiver();
  const hub = await hubs.open({ secrets: secretsOf(oldKey) });
  const admin = await hub.as(hub.admin);
  const body = { kind: 'webhook', name: 'CRM', url: receiver.url, events: ['stage.changed'] };
  const { channel } = (await admin('POST', '/v1/channels', body)).json as { channel: { id: string } };
  await admin('POST', `/v1/channels/${channel.id}/secret`, {});
  const tryWith = async (secrets: Secrets) => {
    hub.hub.secrets = secrets;
    return (await admin('POST', `/v1/channels/${channel.id}/test`, {})).json;
  };
  expect(await tryWith(secretsOf(newKey))).toMatchObject({
    delivered: false,
    words: { en: expect.stringContaining('TANDEM_SECRET_KEYS') as string },
  });
  hub.hub.secrets = secretsOf(newKey, oldKey);
  await resealChannels(hub.hub, hubs.db, hub.workspace.id);
  expect(await tryWith(secretsOf(newKey))).toMatchObject({ delivered: true });
  expect(receiver.received[0]?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);

  // A sealed address that was put in the place of a secret is of no use.
  await sql`
    update channels c set secret = c.target where c.workspace_id = ${hub.workspace.id}`.execute(hubs.db);
  expect(await tryWith(secretsOf(newKey))).toMatchObject({ delivered: false });
  receiver.close();
});

test('the embedded hub makes itself a key that only its user can read, once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-key-'));
  const environment = {
    TANDEM_DATA: join(folder, 'hub'),
    DATABASE_URL: undefined,
    TANDEM_SECRET_KEYS: undefined,
  };
  const [key] = await readSecretKeys(environment);
  expect(key).toHaveLength(32);
  expect(await readSecretKeys(environment)).toEqual([key]);
  const file = join(folder, 'hub', 'secret.key');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await writeFile(file, 'short');
  await expect(readSecretKeys(environment)).rejects.toThrow('secret.key holds no key');
  expect(await readSecretKeys({ ...environment, DATABASE_URL: 'postgres://db.example/x' })).toEqual([]);
  expect(await readSecretKeys({ ...environment, TANDEM_SECRET_KEYS: [newKey] })).toEqual([newKey]);
  await rm(folder, { recursive: true });
});
