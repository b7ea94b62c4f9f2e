import { describe, expect, it } from 'vitest';
import { defaultAgreement } from '../../utils/domain/default-agreement.ts';
import { AgreementDocument } from '../../utils/contract/agreement.ts';

describe('the default agreement', () => {
  const document = defaultAgreement(new Date('2026-11-22T09:00:00.000Z'));

  it('is valid by its own schema', () => {
    expect(AgreementDocument.parse(document)).toEqual(document);
  });

  it('is good for a year', () => {
    expect(document.validUntil).toBe('2027-11-22T09:00:00.000Z');
  });

  it.each(['en', 'de'] as const)('defines every term and stage in one plain sentence (%s)', (language) => {
    for (const { definition } of [...document.glossary, ...document.stages]) {
      expect(definition[language]).toMatch(/^\p{Lu}[^.]*\.$/u);
      expect(definition[language].length).toBeLessThanOrEqual(130);
    }
  });
});
