import type { Call } from './test-hub.ts';

/** As much of JSON Schema (2020-12) as the hub's OpenAPI document uses. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: JsonSchema;
}

type Content = Record<string, { schema?: JsonSchema }>;

/** One operation as the hub's OpenAPI document describes it. */
export interface DescribedOperation {
  name: string;
  method: string;
  path: string;
  /** Null: it needs no sign-in. */
  roles: string[] | null;
  /** Whether a machine's write key opens it, too. */
  takesWriteKey: boolean;
  parameters: Parameter[];
  body: { type: string; schema: JsonSchema } | null;
  /** By status. */
  responses: Record<string, { content?: Content }>;
}

interface RawOperation {
  operationId: string;
  security?: object[];
  'x-roles'?: string[];
  'x-write-key'?: boolean;
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

/** What the hub says of itself: its operations, and the schemas they share by name. */
export async function describedOperations(call: Call) {
  const document = (await call('GET', '/openapi.json')).json as {
    paths: Record<string, Record<string, RawOperation>>;
    components: { schemas?: Record<string, JsonSchema> };
  };
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]): DescribedOperation => {
      const [type, content] = Object.entries(raw.requestBody?.content ?? {})[0] ?? [];
      return {
        name: raw.operationId,
        method: method.toUpperCase(),
        path,
        roles: raw.security?.length === 0 ? null : (raw['x-roles'] ?? []),
        takesWriteKey: raw['x-write-key'] === true,
        parameters: raw.parameters ?? [],
        body: type === undefined ? null : { type, schema: content?.schema ?? {} },
        responses: raw.responses,
      };
    }),
  );
  return { operations, schemas: document.components.schemas ?? {} };
}
