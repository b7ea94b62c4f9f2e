import type { z } from 'zod';
import { isScalar, LineCounter, parseDocument as parseYaml, visit, type Document } from 'yaml';
import { AgreementDocument, type AgreementFormat } from '../../utils/contract/agreement.ts';
import { MAX_DEPTH } from '../../utils/contract/criterion.ts';
import type { Issue } from '../calendar/holidays.ts';
import { checkDocument } from './check-document.ts';

/** What is wrong in a text: where, as steps into the document, why, and on which line when that can be told. */
export type TextIssue = Issue & { line?: number };

/** More than anybody mends at once. */
const MAX_ISSUES = 50;
const MAX_MESSAGE = 300;
/** Steps to the deepest leaf a document can have, and some more. */
const MAX_STEPS = 30;
const TOO_DEEP = 'nests too deep';

/**
 * Reads the document of an agreement. JSON is read as the YAML it is, so that its errors have lines, too.
 *
 * @returns the document, or everything that is wrong with it.
 */
export function parseDocument(
  text: string,
  format: AgreementFormat,
  now: Date,
): { document: AgreementDocument; issues: [] } | { document: null; issues: TextIssue[] } {
  const refused = (issues: TextIssue[]) => ({
    document: null,
    issues: issues.slice(0, MAX_ISSUES).map(shortened),
  });
  if (format === 'json') {
    const issues = jsonIssues(text);
    if (issues.length > 0) return refused(issues);
  }

  const lines = new LineCounter();
  let yaml: Document.Parsed;
  let value: unknown;
  try {
    // Duplicate keys are looked for below: the library compares each key with all others.
    // Its warnings would quote the text on stderr.
    const quietly = { prettyErrors: false, logLevel: 'error' } as const;
    yaml = parseYaml(text, { lineCounter: lines, uniqueKeys: false, ...quietly });
    const [error] = yaml.errors;
    if (error) return refused([positioned(error.message, lines.linePos(error.pos[0]))]);
    value = yaml.toJS({ maxAliasCount: 0 });
  } catch (error) {
    // Aliases that multiply, and nesting that exhausts the stack of the library.
    const message = error instanceof RangeError ? TOO_DEEP : 'must not hold aliases (*name)';
    return refused([{ path: [], message }]);
  }

  const withLine = (issue: Issue): TextIssue => {
    const line = lineOf(yaml, lines, issue.path);
    return line === undefined ? issue : { ...issue, line };
  };
  const shape = [...duplicateKeys(yaml, lines), ...tooDeep(value).map(withLine)];
  if (shape.length > 0) return refused(shape);
  const parsed = AgreementDocument.safeParse(value);
  if (!parsed.success) return refused(parsed.error.issues.flatMap(issuesOf).map(withLine));
  const issues = checkDocument(parsed.data, now);
  return issues.length > 0 ? refused(issues.map(withLine)) : { document: parsed.data, issues: [] };
}

/** Whatever else is wrong with JSON is found when it is read as YAML. */
function jsonIssues(text: string): TextIssue[] {
  try {
    return tooDeep(JSON.parse(text));
  } catch (error) {
    return [{ path: [], message: error instanceof Error ? error.message : 'is no JSON' }];
  }
}

const positioned = (message: string, { line, col }: { line: number; col: number }): TextIssue => ({
  path: [],
  // The library's own word for what it could not read for lack of stack.
  message: message.startsWith('Maximum call stack') ? TOO_DEEP : `${message} (column ${col})`,
  line,
});

/** What somebody wrote may stand in the message, all of it. */
const shortened = (issue: TextIssue): TextIssue => ({
  ...issue,
  message: issue.message.slice(0, MAX_MESSAGE),
});

/** Of the value at a path, or of the nearest thing around it that is there. */
function lineOf(yaml: Document.Parsed, lines: LineCounter, path: Issue['path']): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return lines.linePos(Number(node.range[0])).line;
    }
  }
  return undefined;
}

function duplicateKeys(yaml: Document.Parsed, lines: LineCounter): TextIssue[] {
  const issues: TextIssue[] = [];
  visit(yaml, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name) && isScalar(key)) {
          const line = key.range ? { line: lines.linePos(key.range[0]).line } : {};
          issues.push({ path: [], message: `the key ${String(name)} stands here twice`, ...line });
        }
        seen.add(name);
      }
    },
  });
  return issues;
}

/**
 * What nests deeper than it may: criteria, and anything else by far. Found without recursion: nothing may
 * exhaust the stack.
 */
function tooDeep(document: unknown): Issue[] {
  const issues: Issue[] = [];
  const open: { value: unknown; path: Issue['path']; depth: number }[] = [
    { value: document, path: [], depth: 1 },
  ];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const innerPath = [...path, Array.isArray(value) ? Number(key) : key];
      const innerDepth = key === 'of' ? depth + 1 : depth;
      if (innerDepth > MAX_DEPTH || innerPath.length > MAX_STEPS) {
        issues.push({ path: innerPath, message: TOO_DEEP });
      } else open.push({ value: inner, path: innerPath, depth: innerDepth });
    }
  }
  return issues;
}

/** Where several shapes are possible, what is wrong is told of the one that comes nearest. */
function issuesOf(issue: z.core.$ZodIssue): Issue[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: issue.message }];
  const [nearest = []] = issue.errors.toSorted((one, other) => strangeness(one) - strangeness(other));
  return nearest.flatMap(issuesOf).map((inner) => ({ ...inner, path: [...path, ...inner.path] }));
}

const strangeness = (issues: readonly z.core.$ZodIssue[]) =>
  issues.length + issues.filter(({ code }) => code === 'unrecognized_keys').length;
