import { expect, it } from 'vitest';
import { defaultAgreement } from '../../../utils/domain/default-agreement.ts';
import { rebaseDocument } from '../../../utils/domain/rebase-document.ts';

const base = defaultAgreement(new Date('2026-03-02T08:00:00.000Z'));

it('keeps what the draft changed and takes the rest from the new version', () => {
  const draft = { ...base, returnNeedsReason: true };
  const now = {
    ...base,
    tiers: [0.6, 0.3, 0.1] as typeof base.tiers,
    validUntil: '2028-01-01T00:00:00.000Z',
  };
  expect(rebaseDocument(draft, base, now)).toEqual({
    document: { ...now, returnNeedsReason: true },
    both: [],
  });
});

it('names the parts that both have changed', () => {
  const draft = { ...base, glossary: [] };
  const now = { ...base, glossary: base.glossary.slice(1) };
  expect(rebaseDocument(draft, base, now)).toEqual({ document: draft, both: ['glossary'] });
});
