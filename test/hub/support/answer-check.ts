import { z } from 'zod';
import { Problem } from '../../../utils/contract/problem.ts';
import type { DescribedOperation, JsonSchema } from './described-operations.ts';
import type { Answered } from './test-hub.ts';

/** Marks of a program's or a database's inside. */
const INSIDE =
  /\bat (?:async )?[\w.<>]+ \(|\/(?:node_modules|server|utils)\/|file:\/\/|\bnode:internal|syntax error at or near|violates \w+[ -]key constraint|relation "|invalid input syntax|\bselect .+ from\b.+\bwhere\b/i;

/** Makes the check of one operation's answers by its description; it says what is wrong, null when all is well. */
export function answerCheck(
  operation: DescribedOperation,
  schemas: Readonly<Record<string, JsonSchema>>,
): (answer: Answered) => string | null {
  const described = Object.fromEntries(
    Object.entries(operation.responses).map(([status, { content = {} }]) => [
      status,
      Object.fromEntries(
        Object.entries(content).map(([type, { schema }]) => [type, compile(schema, schemas)]),
      ),
    ]),
  );
  return (answer) => {
    const { status, text, headers } = answer;
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (status >= 500) return `answers ${status}`;
    if (type !== 'text/html' && INSIDE.test(text)) return 'shows its inside';
    if (status === 304) return text === '' ? null : 'a 304 with a body';
    const types = described[status];
    if (type === 'application/problem+json') {
      const problem = Problem.safeParse(answer.json);
      if (!problem.success) return `is no problem of the contract: ${z.prettifyError(problem.error)}`;
      if (problem.data.status !== status) return 'states another status than it has';
      return types || status === 405 ? null : `the status ${status} is not described`;
    }
    if (!types) return `the status ${status} is not described`;
    if (Object.keys(types).length === 0) return text === '' ? null : 'a body where none is described';
    const schema = types[type];
    if (!schema) return `the type "${type}" is not described for ${status}`;
    if (!type.includes('json')) return null;
    const result = schema.safeParse(answer.json);
    return result.success ? null : `differs from its description: ${z.prettifyError(result.error)}`;
  };
}

function compile(schema: JsonSchema = {}, schemas: Readonly<Record<string, JsonSchema>>): z.ZodType {
  const local = JSON.stringify({ ...schema, $defs: schemas }).replaceAll('#/components/schemas/', '#/$defs/');
  return z.fromJSONSchema(JSON.parse(local) as Parameters<typeof z.fromJSONSchema>[0]);
}
