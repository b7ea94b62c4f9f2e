import { format, resolveConfig } from 'prettier';

/** The part of an OpenAPI 3.1 document that the reference is made of. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, ApiOperation>>;
  components: { schemas: Record<string, Schema> };
}
interface ApiOperation {
  summary: string;
  'x-roles': string[];
  'x-write-key'?: boolean;
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
}

/** So deep objects are spelt out; what lies below is in the document itself. */
const DEPTH = 2;
const ALL_ROLES = 4;

const INTRODUCTION = `# The hub's API

Made by \`npm run docs:api\` from the hub's own OpenAPI 3.1 document, which every hub serves at \`/openapi.json\` and which
knows more: lengths, patterns, and what lies deeper than is written here (\`{…}\`).

- Requests bear a token: \`Authorization: Bearer …\` ([how to get one](sign-in.md)); programs that only send data use
  [write keys](ingest.md).
- Errors are \`application/problem+json\` (RFC 9457) with a \`type\` that stays the same; look at that, not at the words.
- Writes take an \`Idempotency-Key\` (a UUID): the same request again has no further effect and the same answer.
- Reads have an \`ETag\`; with \`If-None-Match\` the answer is 304 when nothing has changed.
- Lists come by the page: send \`nextCursor\` as \`cursor\`. Times are UTC, ISO 8601 with milliseconds. Ids are UUIDs.
- Too many requests are answered 429, with \`RateLimit\` and \`Retry-After\` headers.

Beside it the hub has \`/healthz\`, \`/readyz\`, \`/metrics\` ([monitoring](self-hosting.md#monitoring)), \`/webhooks/<connector>\`
([connectors](connectors.md)) and OAuth 2.1 below \`/oauth\`.
`;

/** The reference as a page of Markdown, formatted as the project's files are. */
export async function apiMarkdown({ paths, components }: OpenApiDocument): Promise<string> {
  const groups = Map.groupBy(Object.entries(paths), ([path]) => path.split('/')[2]!);
  const sections = [...groups].map(([name, found]) =>
    [
      `## ${name}`,
      ...found.flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) =>
          describe(`${method.toUpperCase()} ${path}`, operation),
        ),
      ),
    ].join('\n\n'),
  );
  const shared = Object.entries(components.schemas).map(
    ([name, schema]) => `\`${name}\`:\n\n${block('', schema)}`,
  );
  const page = [INTRODUCTION, ...sections, '## What refers to itself', ...shared].join('\n\n');
  return format(page, { ...(await resolveConfig('docs/api.md')), parser: 'markdown' });
}

function describe(title: string, operation: ApiOperation): string {
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const [kind, answer] = Object.entries(operation.responses['200']?.content ?? {})[0] ?? [];
  return [
    `### \`${title}\``,
    `${operation.summary}. ${who(operation)}`,
    query.length > 0 &&
      `Query: ${query.map(({ name, required, schema }) => `\`${name}${required ? '' : '?'}: ${shape(schema)}\``).join(', ')}`,
    body && block('Body', body),
    answer
      ? block(kind === 'text/event-stream' ? 'Events' : 'Answer', answer.schema)
      : 'Answer: 204, without a body.',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function who({ 'x-roles': roles, 'x-write-key': writeKey }: ApiOperation): string {
  if (roles.length === 0) return 'For anybody.';
  const people = roles.length === ALL_ROLES ? 'everybody who is signed in' : roles.join(', ');
  return `For ${people}${writeKey ? ', and by write keys' : ''}.`;
}

const block = (title: string, schema: Schema) =>
  `${title && `${title}:\n\n`}\`\`\`text\n${shape(schema)}\n\`\`\``;

/** A schema in the words of TypeScript. */
function shape(schema: Schema, depth = 0): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1)!;
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return [...new Set(either.map((one) => shape(one, depth)))].join(' | ');
  if (schema.allOf) return schema.allOf.map((one) => shape(one, depth)).join(' & ');
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => shape({ ...schema, type }, depth)).join(' | ');
  }
  if (schema.type === 'array') {
    const { items = {} } = schema;
    const item = shape(items, depth);
    return items.enum || items.anyOf || items.oneOf ? `(${item})[]` : `${item}[]`;
  }
  if (schema.type === 'object') return objectShape(schema, depth);
  if (schema.format === 'date-time') return 'instant';
  return schema.format ?? (schema.type === 'integer' ? 'int' : (schema.type ?? 'unknown'));
}

function objectShape({ properties, required = [], additionalProperties }: Schema, depth: number): string {
  if (!properties || Object.keys(properties).length === 0) {
    return typeof additionalProperties === 'object'
      ? `Record<string, ${shape(additionalProperties, depth + 1)}>`
      : '{}';
  }
  if (depth >= DEPTH) return '{…}';
  const indent = '  '.repeat(depth + 1);
  const lines = Object.entries(properties).map(
    ([name, schema]) =>
      `${indent}${/^\w+$/u.test(name) ? name : JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${shape(schema, depth + 1)};`,
  );
  return ['{', ...lines, `${'  '.repeat(depth)}}`].join('\n');
}
