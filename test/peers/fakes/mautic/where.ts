import type { PhpArray } from '../php-query.ts';
import type { Row } from './tables.ts';

/** What Mautic answers 500 to: columns and expressions there are none of. */
export class SqlError extends Error {}

/** Which rows the conditions let through, by the columns there are. */
export function matcher(
  where: string | PhpArray | undefined,
  columns: ReadonlySet<string>,
): (row: Row) => boolean {
  const tests = clauses(where).map((clause) => test(clause, columns));
  return (row) => tests.every((passes) => passes(row));
}

const clauses = (where: string | PhpArray | undefined): PhpArray[] =>
  typeof where === 'object' ? Object.values(where).filter((clause) => typeof clause === 'object') : [];

function test({ expr, col, val }: PhpArray, columns: ReadonlySet<string>): (row: Row) => boolean {
  if (expr === 'orX' || expr === 'andX') {
    const tests = clauses(val).map((clause) => test(clause, columns));
    return (row) =>
      expr === 'orX' ? tests.some((passes) => passes(row)) : tests.every((passes) => passes(row));
  }
  if (typeof col !== 'string' || !columns.has(col))
    throw new SqlError(`Unknown column ${JSON.stringify(col)}`);
  if (expr === 'isNull') return (row) => row[col] == null;
  if (expr === 'isNotNull') return (row) => row[col] != null;
  if (expr === 'in' && typeof val === 'string') {
    const values = new Set(val.split(','));
    return (row) => values.has(row[col] ?? '');
  }
  const compare = typeof expr === 'string' ? COMPARISONS[expr] : undefined;
  if (!compare || typeof val !== 'string') throw new SqlError(`Unknown expression ${JSON.stringify(expr)}`);
  // What is null is neither before nor after anything.
  return (row) => row[col] != null && compare(order(row[col], val));
}

const COMPARISONS: Partial<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  neq: (order) => order !== 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

/** Numbers as numbers; dates are texts that sort as they are. */
function order(one: string, other: string): number {
  const difference = Number(one) - Number(other);
  if (!Number.isNaN(difference)) return difference;
  return one < other ? -1 : one > other ? 1 : 0;
}
