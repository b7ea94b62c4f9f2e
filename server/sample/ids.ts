import type { Random } from './random.ts';

/** Ids count from here, so that they depend on the seed and not on the day the sample is made. */
const EPOCH = Date.UTC(2026, 0, 1);

/** A version 7 UUID (RFC 9562 §5.7) for something of that age: the older, the smaller. */
export function makeId(random: Random, age: number): string {
  const time = Math.floor(EPOCH - age)
    .toString(16)
    .padStart(12, '0');
  const bits = (digits: number) =>
    Math.floor(random.next() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const variant = '89ab'.charAt(random.int(0, 3));
  return `${time.slice(0, 8)}-${time.slice(8)}-7${bits(3)}-${variant}${bits(3)}-${bits(8)}${bits(4)}`;
}
