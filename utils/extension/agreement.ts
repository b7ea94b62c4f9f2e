import type { Agreement } from '../contract/agreement.ts';
import { database } from './database.ts';
import type { Result } from './failure.ts';
import { hub } from './hub-fetch.ts';
import { notifyPages } from './notify.ts';

/** The agreement as this browser has it; from the hub when it has none yet. */
export async function getAgreement(): Promise<Result<Agreement>> {
  const stored = await storedAgreement();
  return stored === undefined ? fetchAgreement() : { ok: true, value: stored };
}

/** Asks the hub for the agreement in force, and tells the pages when it is another one. */
export async function fetchAgreement(): Promise<Result<Agreement>> {
  const before = await storedAgreement();
  const answer = await hub.agreement();
  if (answer.ok) {
    await (await database()).put('single', answer.value, 'agreement');
    if (before?.version !== answer.value.version) notifyPages({ notice: 'agreement.changed' });
  }
  return answer;
}

/** Words and reasons must be those by which a lead was judged: asks again when this version is newer than ours. */
export async function followAgreement(version: number): Promise<void> {
  const stored = await storedAgreement();
  if (stored !== undefined && stored.version < version) await fetchAgreement();
}

async function storedAgreement(): Promise<Agreement | undefined> {
  return (await (await database()).get('single', 'agreement')) as Agreement | undefined;
}
