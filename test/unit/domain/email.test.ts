import { describe, expect, it } from 'vitest';
import { inDomains, normaliseEmail, withoutTag } from '../../../utils/domain/email.ts';

describe('normaliseEmail', () => {
  it.each([
    [' Ann.Lee@Example.COM ', 'ann.lee@example.com'],
    ['ann+news@example.com', 'ann+news@example.com'],
    ['jörg@müller.example', 'jörg@xn--mller-kva.example'],
    ['"odd@local"@example.com', '"odd@local"@example.com'],
  ])('%s → %s', (address, expected) => expect(normaliseEmail(address)).toBe(expected));

  it.each(['', 'ann', '@example.com', 'ann@', 'ann@exa mple.com', 'ann@example.com/x', 'ann@[::'])(
    'has nothing to say about %j',
    (address) => expect(normaliseEmail(address)).toBeNull(),
  );
});

it('withoutTag drops only the tag', () => {
  expect(withoutTag('ann+news+more@example.com')).toBe('ann@example.com');
  expect(withoutTag('ann@example.com')).toBe('ann@example.com');
  expect(withoutTag('+tag@example.com')).toBe('+tag@example.com');
});

it('inDomains includes subdomains, not look-alikes', () => {
  expect(inDomains('a@eu.example.com', ['example.com'])).toBe(true);
  expect(inDomains('a@notexample.com', ['example.com'])).toBe(false);
});
