import { round } from './statistics.ts';

type Row = Record<string, unknown>;

/** The hub's lines of the table of budgets, each with what was measured beside it in the same run. */
export function hubBudgets(results: Record<string, unknown[]>) {
  const rows = Object.values(results).flat() as Row[];
  const figure = (what: RegExp, column: string, connections?: number) => {
    const row = rows.find(
      (one) =>
        what.test(`${String(one.what ?? one.touchpoints)}`) &&
        column in one &&
        (connections === undefined || one.connections === connections),
    );
    return row ? Number(row[column]) : null;
  };
  const looked = (what: RegExp) => figure(what, 'per second', 32);
  const ratio = (one: number | null, other: number | null) =>
    one === null || other === null ? null : round(one / other);
  const hub = looked(/^hub on PostgreSQL, 1 million/);
  const lines: [what: string, budget: string, found: number | null][] = [
    [
      'context on PostgreSQL ÷ the same SQL, 1 million',
      '≥ 0.5',
      ratio(hub, looked(/^the same SQL .*, 1 million/)),
    ],
    [
      'the same, 10 million',
      '≥ 0.5',
      ratio(looked(/^hub on PostgreSQL, 10/), looked(/^the same SQL .*, 10 million/)),
    ],
    ['context at 10 million ÷ at 1 million', 'about 1', ratio(looked(/^hub on PostgreSQL, 10/), hub)],
    ['context on PostgreSQL ÷ a bare Hono route', 'none', ratio(hub, looked(/^a bare/))],
    ['context, p99 ms at 32 connections', '≤ 25', figure(/^hub on PostgreSQL, 1 million/, 'p99 ms', 32)],
    ['context on PGlite ÷ on PostgreSQL', '≥ 0.3', ratio(looked(/^hub on PGlite/), hub)],
    ['touchpoints stored per second', '≥ 20000', figure(/^hub on PostgreSQL, 4/, 'touchpoints per second')],
    ['closed loop, ms in the database, 1 million', '≤ 10', figure(/^1000000$/, 'median ms in the database')],
    [
      'closed loop, ms in the database, 10 million',
      '≤ 10',
      figure(/^10000000$/, 'median ms in the database'),
    ],
    [
      'figures of the agreement, ms with everything, 10 million',
      '≤ 100',
      figure(/^figures, 10000000/, 'median ms with everything'),
    ],
    [
      'attribution, ms with everything, 10 million',
      '≤ 100',
      figure(/^attribution, 10000000/, 'median ms with everything'),
    ],
  ];
  return lines.flatMap(([what, budget, found]) => (found === null ? [] : [{ what, budget, found }]));
}
