/** A query that Salesforce refuses, with its code for why. */
export class SoqlError extends Error {
  readonly code: 'MALFORMED_QUERY' | 'INVALID_FIELD' | 'INVALID_TYPE';

  constructor(code: SoqlError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export type Value = string | number | boolean | null;
type Condition =
  { all: Condition[] } | { any: Condition[] } | { field: string; operator: string; value: Value };

export interface Soql {
  fields: string[];
  object: string;
  where: Condition;
  orderBy: string[];
  limit: number;
}

const TOKEN =
  /\s*(?:('(?:[^'\\]|\\.)*')|(\d{4}-\d\d-\d\dT[\d:.]+Z)|(\d+)|([A-Za-z_][\w.]*)|(>=|<=|!=|[=<>(),]))/y;
const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'LIKE'];

/** Reads the part of SOQL that the connector writes: one object, AND and OR, ascending order, a limit. */
export function parseSoql(text: string): Soql {
  const tokens = tokenise(text);
  let at = 0;
  const peek = () => tokens[at]?.toUpperCase();
  const take = () => {
    const token = tokens[at++];
    if (token === undefined) throw new SoqlError('MALFORMED_QUERY', 'unexpected end of query');
    return token;
  };
  const expect = (...words: string[]) => {
    for (const word of words) {
      const token = take();
      if (token.toUpperCase() !== word)
        throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${token}'`);
    }
  };
  const list = () => {
    const names = [take()];
    while (peek() === ',') {
      take();
      names.push(take());
    }
    return names;
  };
  const comparison = (): Condition => {
    if (peek() === '(') {
      take();
      const inner = condition();
      expect(')');
      return inner;
    }
    const field = take();
    const operator = take().toUpperCase();
    if (!OPERATORS.includes(operator))
      throw new SoqlError('MALFORMED_QUERY', `unknown operator: '${operator}'`);
    return { field, operator, value: literal(take()) };
  };
  // As in the real one, AND and OR do not stand beside each other without brackets.
  const condition = (): Condition => {
    const parts = [comparison()];
    const word = peek();
    if (word !== 'AND' && word !== 'OR') return parts[0] ?? { all: [] };
    while (peek() === word) {
      take();
      parts.push(comparison());
    }
    return word === 'AND' ? { all: parts } : { any: parts };
  };

  expect('SELECT');
  const fields = list();
  expect('FROM');
  const object = take();
  let where: Condition = { all: [] };
  if (peek() === 'WHERE') {
    take();
    where = condition();
  }
  let orderBy: string[] = [];
  if (peek() === 'ORDER') {
    expect('ORDER', 'BY');
    orderBy = list();
  }
  let limit = Infinity;
  if (peek() === 'LIMIT') {
    take();
    limit = Number(take());
  }
  if (at < tokens.length) throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${tokens[at]}'`);
  return { fields, object, where, orderBy, limit };
}

/** The fields that a condition looks at. */
export function fieldsOfCondition(condition: Condition): string[] {
  if ('field' in condition) return [condition.field];
  return ('all' in condition ? condition.all : condition.any).flatMap(fieldsOfCondition);
}

/** A condition with its values changed. */
export function mapValues(condition: Condition, change: (field: string, value: Value) => Value): Condition {
  if ('field' in condition) return { ...condition, value: change(condition.field, condition.value) };
  return 'all' in condition
    ? { all: condition.all.map((part) => mapValues(part, change)) }
    : { any: condition.any.map((part) => mapValues(part, change)) };
}

/** Makes a condition a function, given how a field's value is read. */
export function compile<Row>(
  condition: Condition,
  valueOf: (row: Row, field: string) => Value,
): (row: Row) => boolean {
  if ('field' in condition) {
    const { field, operator, value } = condition;
    return (row) => compare(valueOf(row, field), operator, value);
  }
  const isAll = 'all' in condition;
  const parts = (isAll ? condition.all : condition.any).map((part) => compile(part, valueOf));
  return (row) => (isAll ? parts.every((part) => part(row)) : parts.some((part) => part(row)));
}

function compare(one: Value, operator: string, other: Value): boolean {
  if (operator === '=') return one === other;
  if (operator === '!=') return one !== other;
  if (one === null || other === null) return false;
  if (operator === 'LIKE') {
    const parts = String(other)
      .split('%')
      .map((part) => RegExp.escape(part));
    return new RegExp(`^${parts.join('.*')}$`, 'i').test(String(one));
  }
  if (operator === '<') return one < other;
  if (operator === '<=') return one <= other;
  return operator === '>' ? one > other : one >= other;
}

function tokenise(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const [whole] = TOKEN.exec(text) ?? [];
    if (whole === undefined)
      throw new SoqlError('MALFORMED_QUERY', `unexpected: '${text.slice(from, from + 20)}'`);
    tokens.push(whole.trim());
  }
  return tokens;
}

/** Times become milliseconds, as rows hold them. */
function literal(token: string): Value {
  if (token.startsWith("'")) return token.slice(1, -1).replace(/\\(.)/g, '$1');
  if (/^\d{4}-/.test(token)) return Date.parse(token);
  if (/^\d+$/.test(token)) return Number(token);
  const word = token.toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${token}'`);
}
