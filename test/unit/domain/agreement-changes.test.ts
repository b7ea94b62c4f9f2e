import { expect, it } from 'vitest';
import { defaultAgreement } from '../../../server/store/default-agreement.ts';
import { agreementChanges } from '../../../utils/domain/agreement-changes.ts';

const document = defaultAgreement(new Date('2026-11-22T10:00:00.000Z'));
const copy = () => structuredClone(document);

it('finds nothing between equal documents', () => {
  expect(agreementChanges(document, copy())).toEqual([]);
});

it('names the part of a list by its id or stage, not by its place', () => {
  const changed = copy();
  changed.stages.find(({ stage }) => stage === 'mql')!.definition.en = 'Ready to talk.';
  changed.sla.rules.find(({ id }) => id === 'standard')!.respondWithin = 240;
  expect(agreementChanges(document, changed)).toEqual([
    {
      path: ['stages', 'mql', 'definition', 'en'],
      before: document.stages.find(({ stage }) => stage === 'mql')!.definition.en,
      after: 'Ready to talk.',
    },
    { path: ['sla', 'rules', 'standard', 'respondWithin'], before: '480', after: '240' },
  ]);
});

it('shows what is new and what is gone as a whole', () => {
  const changed = copy();
  const [gone] = changed.reasons.splice(0, 1);
  const added = { ...gone!, id: 'brand-new' };
  changed.reasons.push(added);
  expect(agreementChanges(document, changed)).toEqual([
    { path: ['reasons', 'brand-new'], before: null, after: JSON.stringify(added, null, 2) },
    { path: ['reasons', gone!.id], before: JSON.stringify(gone, null, 2), after: null },
  ]);
});

it('shows another order of the same parts, because the first rule that holds applies', () => {
  const changed = copy();
  changed.sla.rules.reverse();
  expect(agreementChanges(document, changed)).toEqual([
    { path: ['sla', 'rules'], before: 'asked-to-talk, standard', after: 'standard, asked-to-talk' },
  ]);
});

it('takes a list without ids as one whole', () => {
  const changed = copy();
  changed.tiers = [0.6, 0.3, 0.1];
  expect(agreementChanges(document, changed)).toMatchObject([{ path: ['tiers'] }]);
});
