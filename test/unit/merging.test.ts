import { expect, test } from 'vitest';
import type { Stage } from '../../utils/contract/stage.ts';
import { mergedStage } from '../../utils/domain/merged-stage.ts';
import { isSharedAddress } from '../../utils/domain/shared-address.ts';

const held = (stage: Stage, day: number, byHand = false) => ({ stage, since: `2026-11-0${day}`, byHand });

test.each([
  ['the one further along', held('mql', 1), held('sql', 2), 'sql'],
  ['… on whichever side', held('opportunity', 1), held('mql', 2), 'opportunity'],
  ['… though the other one is newer', held('sql', 1), held('mql', 2), 'sql'],
  ['the lower one when a person put it there since', held('sql', 1), held('mql', 2, true), 'mql'],
  ['the one further along when that is newer still', held('sql', 3), held('mql', 2, true), 'sql'],
  ['on the path before off it', held('disqualified', 2), held('mql', 1), 'mql'],
  ['a verdict since before what was known', held('disqualified', 2, true), held('mql', 1), 'disqualified'],
] as const)('of two stages %s', (_, kept, other, expected) => {
  expect(mergedStage<ReturnType<typeof held>>(kept, other).stage).toBe(expected);
});

test('of two equal ones the kept person’s', () => {
  const kept = held('mql', 1);
  expect(mergedStage(kept, held('mql', 2, true))).toBe(kept);
});

test.each([
  ['info@firma.example', true],
  ['kontakt+web@firma.example', true],
  ['sales.de@firma.example', true],
  ['office2@firma.example', true],
  ['vertrieb-nord@firma.example', true],
  ['informatik.meier@firma.example', false],
  ['lena.vogt@firma.example', false],
  ['sally@firma.example', false],
])('%s is read by several: %s', (address, shared) => {
  expect(isSharedAddress(address)).toBe(shared);
});
