import { readdir, readFile } from 'node:fs/promises';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { readMigrations } from '../../server/store/migrate.ts';

const SERVER = new URL('../../server/', import.meta.url);
/** Without a workspace: the ledger of migrations, and the start's question which workspace there is. */
const EXEMPT = ['migrations'];

/** The text of every sql`…` in a file; what is inserted stands as `$`. A nested sql`…` counts by itself. */
function sqlIn(name: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') {
      const { template } = node;
      found.push(
        ts.isNoSubstitutionTemplateLiteral(template)
          ? template.text
          : template.head.text + template.templateSpans.map(({ literal }) => `$${literal.text}`).join(''),
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
  return found;
}

async function allSql(): Promise<{ file: string; statement: string }[]> {
  const files = (await readdir(SERVER, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const statements = await Promise.all(
    files.map(async (file) =>
      sqlIn(file, await readFile(new URL(file, SERVER), 'utf8')).map((statement) => ({ file, statement })),
    ),
  );
  return statements.flat();
}

/** Uses of stored tables that do not name their workspace. */
function strays(statement: string, tables: readonly string[]): string[] {
  const text = statement.replaceAll(/\s+/g, ' ');
  const uses = text.matchAll(/\b(?:from|join|update|using) (\w+)(?: (?:as )?(?!set\b|where\b|on\b)(\w+))?/gi);
  const wrong = [...uses].flatMap(([use, table = '', alias = table]) =>
    tables.includes(table) && !text.includes(`${alias}.workspace_id = $`) ? [use] : [],
  );
  const inserts = text.matchAll(/insert into (\S+)(?: as \w+)? \((\w+)/gi);
  const unled = [...inserts].flatMap(([use, table = '', column]) =>
    !EXEMPT.includes(table) && column !== 'workspace_id' ? [use] : [],
  );
  return [...wrong, ...unled];
}

test('every table in every query and subquery names its workspace', async () => {
  const tables = (await readMigrations())
    .flatMap(({ statements }) => statements)
    .flatMap((statement) => /^create table (\w+)/.exec(statement)?.[1] ?? []);
  const statements = await allSql();
  expect(statements.length).toBeGreaterThan(40);
  const wrong = statements.flatMap(({ file, statement }) =>
    strays(statement, tables).map((use) => `${file}: ${use}`),
  );
  // A hub asks at its start which workspaces there are, and a copy of one which that is.
  expect(wrong.toSorted()).toEqual([
    'dump/read-database.ts: from workspaces w',
    'store/workspaces.ts: from workspaces w',
  ]);
  for (const { statement } of statements) {
    expect(statement).not.toMatch(/do update[^]*\bnow\(\)|\bnow\(\)[^]*do update|create trigger/i);
  }
});

test('every write tells open pages what it has changed', async () => {
  const files = (await readdir(SERVER, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const own = await Promise.all(
    files.map(async (file) => (await readFile(new URL(file, SERVER), 'utf8')).includes('.transaction()')),
  );
  // The rest writes what no page shows, or before there is any: tables, a new workspace, keys of the lead index, counters, a copy.
  expect(files.filter((_, index) => own[index]).toSorted()).toEqual([
    'dump/read-database.ts',
    'dump/write-database.ts',
    'jobs/repair-nightly.ts',
    'prepare-workspace.ts',
    'reports/count-due.ts',
    'reports/count-figures.ts',
    'reports/repair-reports.ts',
    'store/lead-keys.ts',
    'store/load-sample.ts',
    'store/migrate.ts',
    'store/transact.ts',
  ]);
});

test('the check sees what it is for', () => {
  const tables = ['people', 'feedback'];
  expect(strays('select 1 from people p where p.id = $', tables)).toEqual(['from people p']);
  expect(
    strays('select 1 from people p where p.workspace_id = $ and exists (select 1 from feedback f)', tables),
  ).toEqual(['from feedback f']);
  expect(
    strays(
      'select 1 from people p join feedback f on f.workspace_id = p.workspace_id where p.workspace_id = $',
      tables,
    ),
  ).toEqual(['join feedback f']);
  expect(strays('insert into people (id, workspace_id) values ($, $)', tables)).toEqual([
    'insert into people (id',
  ]);
  expect(strays('update people p set name = $ where p.workspace_id = $', tables)).toEqual([]);
});
