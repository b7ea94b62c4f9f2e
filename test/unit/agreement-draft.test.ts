import { beforeEach, expect, it, vi } from 'vitest';
import { defaultAgreement } from '../../utils/domain/default-agreement.ts';
import type { AgreementDocument } from '../../utils/contract/agreement.ts';
import { readDraft, writeDraft } from '../../utils/queries/agreement-draft.ts';
import { at, each, type Lens, moved, newId } from '../../components/workspace/agreement/edit/lens.ts';
import { turnedInto } from '../../components/workspace/agreement/edit/criterion-shapes.ts';

const kept = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, text: string) => void kept.set(key, text),
  removeItem: (key: string) => void kept.delete(key),
});
beforeEach(() => kept.clear());

const document = defaultAgreement(new Date('2026-03-02T08:00:00.000Z'));
const reread = (changed: AgreementDocument) => {
  writeDraft('me', { basedOn: 1, document: changed, comment: 'why' });
  return readDraft('me');
};

it('keeps a draft by its owner, also one that is half written', () => {
  expect(reread(document)).toEqual({ basedOn: 1, document, comment: 'why' });
  expect(readDraft('somebody else')).toBeNull();
  const [rule, ...rules] = document.sla.rules;
  const half = { ...document, sla: { ...document.sla, rules: [{ ...rule!, respondWithin: NaN }, ...rules] } };
  expect(reread(half)?.document.sla.rules[0]?.respondWithin).toBeNull();
  const empty = document.reasons.map((reason) => ({ ...reason, label: { en: '', de: '' } }));
  expect(reread({ ...document, reasons: empty })).not.toBeNull();
  writeDraft('me', null);
  expect(readDraft('me')).toBeNull();
});

it('keeps a criterion whose values are still to be written', () => {
  const criteria = { type: 'all' as const, of: [turnedInto(null, 'attribute')] };
  const stages = document.stages.map((stage) => (stage.stage === 'mql' ? { ...stage, criteria } : stage));
  expect(reread({ ...document, stages })).not.toBeNull();
});

it('drops what has another shape', () => {
  expect(reread({ ...document, sla: undefined } as never)).toBeNull();
  expect(reread({ ...document, stages: [{ stage: 'mql' }] } as never)).toBeNull();
  kept.set('agreement-draft:me', '{');
  expect(readDraft('me')).toBeNull();
});

it('changes one part of a document and leaves the rest as it is', () => {
  let now = document;
  const lens = (): Lens<AgreementDocument> => ({ value: now, path: '', set: (next) => (now = next) });
  const rule = () => each(at(at(lens(), 'sla'), 'rules'))[0]!;
  expect(at(rule(), 'when').path).toBe('/sla/rules/0/when');
  at(rule(), 'when').set(undefined);
  expect(now.sla.rules[0]).not.toHaveProperty('when');
  expect(now.sla.rules[1]).toBe(document.sla.rules[1]);
  expect(now.stages).toBe(document.stages);
});

it('moves parts within their list only', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
  expect(newId('reason', [{ id: 'reason-2' }])).toBe('reason-3');
});

it('turns a criterion into a group of itself and back', () => {
  const leaf = turnedInto(null, 'confirmation');
  const group = turnedInto(leaf, 'any');
  expect(group).toEqual({ type: 'any', of: [leaf] });
  expect(turnedInto(turnedInto(group, 'not'), 'confirmation')).toEqual(leaf);
  expect(turnedInto(group, 'at-least')).toEqual({ type: 'at-least', count: 1, of: [leaf] });
});
