import { beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import type { Agreement } from '../../../utils/contract/agreement.ts';
import { followAgreement, getAgreement } from '../../../utils/extension/agreement.ts';
import { database } from '../../../utils/extension/database.ts';
import { agreement } from '../../fixtures/lead-context.ts';
import { emptyDatabase, signedIn } from '../../support/extension-state.ts';

const hub = vi.fn<() => Promise<Response>>();
const inForce = (version: number): Agreement => ({ ...agreement, version });
const versionKnown = async () => {
  const answer = await getAgreement();
  return answer.ok && answer.value.version;
};

beforeEach(async () => {
  await emptyDatabase();
  await signedIn();
  hub.mockReset().mockImplementation(() => Promise.resolve(Response.json(inForce(3))));
  vi.stubGlobal('fetch', hub);
});

it('is asked for once, and then known', async () => {
  expect(await versionKnown()).toBe(3);
  expect(await versionKnown()).toBe(3);
  expect(hub).toHaveBeenCalledTimes(1);
});

it('is asked for again when a lead was judged by a newer one, and the pages hear of it', async () => {
  await (await database()).put('single', inForce(2), 'agreement');
  const told = vi.spyOn(browser.runtime, 'sendMessage');
  await followAgreement(2);
  expect(hub).not.toHaveBeenCalled();
  await followAgreement(3);
  expect(await versionKnown()).toBe(3);
  expect(told).toHaveBeenCalledExactlyOnceWith({ notice: 'agreement.changed' });
});

it('stays as it is while the hub is away', async () => {
  await (await database()).put('single', inForce(2), 'agreement');
  hub.mockRejectedValue(new TypeError('Failed to fetch'));
  await followAgreement(3);
  expect(await versionKnown()).toBe(2);
});
