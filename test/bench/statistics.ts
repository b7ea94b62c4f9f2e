/** The middle value, and those that 95 and 99 of 100 are at or below. */
export function summary(values: readonly number[]): { median: number; p95: number; p99: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { median: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export const round = (value: number, digits = 2) => Number(value.toFixed(digits));
