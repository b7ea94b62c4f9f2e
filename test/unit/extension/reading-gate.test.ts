import { describe, expect, it } from 'vitest';
import type { PageReading } from '../../../utils/contract/page-reading.ts';
import { createReadingGate, SETTLE_MS } from '../../../utils/extension/reading-gate.ts';

const thread = (viewId: string): PageReading => ({ site: 'gmail', view: 'thread', viewId, people: [] });

describe('the reading gate', () => {
  it('believes the first reading at once', () => {
    expect(createReadingGate().judge('#a', thread('A'), 0, 0)).toBe('pass');
  });

  it('does not believe the old conversation under the new address', () => {
    const gate = createReadingGate();
    gate.judge('#a', thread('A'), 0, 0);
    expect(gate.judge('#b', thread('A'), 1_000, 990)).toBe('wait');
    expect(gate.judge('#b', thread('B'), 1_050, 1_040)).toBe('pass');
  });

  it('believes it once the page has been quiet: the address changed, the conversation did not', () => {
    const gate = createReadingGate();
    gate.judge('#a', thread('A'), 0, 0);
    expect(gate.judge('#a?x', thread('A'), 1_000, 900)).toBe('wait');
    expect(gate.judge('#a?x', thread('A'), 1_200, 1_100)).toBe('wait');
    expect(gate.judge('#a?x', thread('A'), 1_100 + SETTLE_MS, 1_100)).toBe('pass');
  });

  it('reports at once that a page shows nobody', () => {
    const gate = createReadingGate();
    gate.judge('#a', thread('A'), 0, 0);
    expect(gate.judge('#settings', null, 1_000, 1_000)).toBe('pass');
  });

  it('goes on believing a view whose address stays', () => {
    const gate = createReadingGate();
    gate.judge('#a', thread('A'), 0, 0);
    expect(gate.judge('#a', thread('A'), 10, 10)).toBe('pass');
    expect(gate.judge('#a', thread('B'), 20, 20)).toBe('pass');
  });
});
