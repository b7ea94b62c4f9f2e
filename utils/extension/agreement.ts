import type { Agreement } from '../contract/agreement.ts';
import { database } from './database.ts';
import type { Result } from './failure.ts';
import { hub } from './hub-fetch.ts';

/** The agreement as this browser has it; from the hub when it has none yet. */
export async function getAgreement(): Promise<Result<Agreement>> {
  const stored = (await (await database()).get('single', 'agreement')) as Agreement | undefined;
  if (stored !== undefined) return { ok: true, value: stored };
  const answer = await hub.agreement();
  if (answer.ok) await (await database()).put('single', answer.value, 'agreement');
  return answer;
}
