import { expect, it } from 'vitest';
import { defaultAgreement } from '../../../utils/domain/default-agreement.ts';
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
  changed.reasons.push({
    id: 'elsewhere',
    label: { en: 'Bought elsewhere', de: 'Woanders gekauft' },
    team: 'sales',
    outcome: 'recycle',
  });
  const [gone] = changed.reasons.splice(0, 1);
  expect(agreementChanges(document, changed)).toEqual([
    {
      path: ['reasons', 'elsewhere'],
      before: null,
      after:
        'id: elsewhere\nlabel:\n  en: Bought elsewhere\n  de: Woanders gekauft\nteam: sales\noutcome: recycle',
    },
    { path: ['reasons', gone!.id], before: expect.stringContaining(gone!.label.en) as string, after: null },
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
  expect(agreementChanges(document, changed)).toEqual([
    { path: ['tiers'], before: '- 0.5\n- 0.25\n- 0.1', after: '- 0.6\n- 0.3\n- 0.1' },
  ]);
});
