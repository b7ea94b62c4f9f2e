import fc, { type Arbitrary } from 'fast-check';
import type { DescribedOperation, JsonSchema } from './described-operations.ts';
import { breakBody, hostileText } from './hostile.ts';
import { type KnownValues, schemaArbitrary } from './schema-arbitrary.ts';

/** One request, all but who makes it. */
export interface FuzzRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

type Fields = Record<string, unknown>;

const ODD_HEADERS: Record<string, string>[] = [
  {},
  {},
  {},
  { 'idempotency-key': 'x' },
  { 'idempotency-key': '00000000-0000-0000-0000-000000000000' },
  { 'if-none-match': '*' },
  { 'if-none-match': '"' },
  { 'content-length': '-1' },
  { 'transfer-encoding': 'nonsense' },
  { 'content-encoding': 'gzip' },
  { origin: 'https://evil.example' },
  { origin: 'null', 'access-control-request-method': 'DELETE' },
  { accept: 'text/html;q=0.1, */*;q=nonsense' },
  { 'x-forwarded-for': '127.0.0.1, qzmark', forwarded: 'for=qzmark' },
  { 'x-http-method-override': 'DELETE' },
  { cookie: 'session=qzmark; __proto__=1' },
  { range: 'bytes=0-1' },
];
const ODD_TYPES = [
  'application/json',
  'application/json;charset=utf-16',
  'application/problem+json',
  'text/plain',
  'text/csv',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  '',
  'nonsense',
  'application/json, text/html',
];
/** What no well-behaved client writes into a path or a query. */
const RAW = [
  '%',
  '%zz',
  '%00',
  '%c3%28',
  '%ed%a0%80',
  '..',
  '.',
  '%2e%2e%2f',
  '%2f',
  '+',
  ';a=b',
  '*',
  '{id}',
];

/** Makes the arbitraries of an operation's requests: such as its description allows, and such as it does not. */
export function fuzzRequests(schemas: Readonly<Record<string, JsonSchema>>, known: KnownValues) {
  const build = schemaArbitrary(schemas, known);

  function parts(operation: DescribedOperation, place: 'path' | 'query' | 'header'): Arbitrary<Fields> {
    const parameters = operation.parameters.filter((parameter) => parameter.in === place);
    // `/v1/feedback/{id}` asks for the id of a row of `feedback`.
    const owner = /([\w-]+)\/\{id\}/.exec(operation.path)?.[1];
    const arbitraryOf = ({ name, schema }: DescribedOperation['parameters'][number]) =>
      // A known id as Idempotency-Key would say no more than that the key was used before.
      place === 'header' && schema.format === 'uuid'
        ? fc.uuid()
        : build(schema, name === 'id' ? owner : name);
    return fc.record(
      Object.fromEntries(parameters.map((parameter) => [parameter.name, arbitraryOf(parameter)])),
      {
        requiredKeys: parameters.filter(({ required }) => required === true).map(({ name }) => name),
      },
    );
  }

  function valid(operation: DescribedOperation): Arbitrary<FuzzRequest> {
    const { body } = operation;
    return fc
      .record({
        path: parts(operation, 'path'),
        query: parts(operation, 'query'),
        headers: parts(operation, 'header'),
        body: body ? build(body.schema) : fc.constant(undefined),
      })
      .map(({ path, query, headers, body: value }) => ({
        method: operation.method,
        path: pathOf(operation, path) + queryOf(query),
        headers: {
          ...texts(headers),
          ...(body && { 'content-type': body.type }),
        },
        ...(body && { body: textOf(body.type, value) }),
      }));
  }

  function breaking(operation: DescribedOperation): Arbitrary<FuzzRequest> {
    const { body } = operation;
    const odd = fc.oneof(hostileText.map(encodeURIComponent), fc.constantFrom(...RAW));
    const oddPart = fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: odd });
    const queryName = fc.constantFrom(
      ...operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name),
      '__proto__',
      'q',
    );
    return fc
      .record({
        request: valid(operation),
        path: parts(operation, 'path'),
        broken: body ? breakBody(build(body.schema)) : fc.constant(undefined),
        keepsBody: fc.boolean(),
        oddPath: oddPart,
        oddQuery: fc.tuple(queryName, oddPart),
        headers: fc.constantFrom(...ODD_HEADERS),
        type: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, fc.constantFrom(...ODD_TYPES)),
      })
      .map(({ request, path, broken, keepsBody, oddPath, oddQuery, headers, type }) => {
        const [name, value] = oddQuery;
        const changed = oddPath === null ? request.path : pathOf(operation, path, oddPath);
        return {
          method: request.method,
          path: value === null ? changed : `${changed}${changed.includes('?') ? '&' : '?'}${name}=${value}`,
          headers: { ...request.headers, ...headers, ...(body && type !== null && { 'content-type': type }) },
          ...(broken !== undefined && { body: keepsBody && type !== null ? request.body : broken }),
        };
      });
  }

  return { valid, breaking };
}

/** `odd` takes the place of every parameter. */
function pathOf({ path }: DescribedOperation, values: Fields, odd?: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => odd ?? encodeURIComponent(String(values[name])));
}

function queryOf(values: Fields): string {
  const query = new URLSearchParams(texts(values)).toString();
  return query === '' ? '' : `?${query}`;
}

const texts = (values: Fields) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

function textOf(type: string, value: unknown): string {
  if (type.includes('json')) return JSON.stringify(value);
  if (type.includes('urlencoded') && typeof value === 'object') return queryOf(value as Fields).slice(1);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
