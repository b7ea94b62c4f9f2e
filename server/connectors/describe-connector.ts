import { z } from 'zod';
import type { ConnectorDescription, SettingField } from '../../utils/contract/source.ts';
import type { Connector } from './connector.ts';
import { descriptionOf } from './settings-field.ts';

/** What administrators are told of a connector: how its settings are asked for, and what it can do. */
export function describeConnector(connector: Connector, publicUrl: string | null): ConnectorDescription {
  const { id, label, settings, oauth, webhook } = connector;
  return {
    system: id,
    label,
    fields: Object.entries(settings.shape).map(([name, schema]) => fieldOf(name, schema as z.ZodType)),
    signIn: oauth !== undefined,
    ...(oauth && publicUrl !== null && { redirectUrl: redirectUrlOf(publicUrl, id) }),
    writesFeedback: connector.writeFeedback !== undefined,
    ...(webhook && { webhook: webhook.instructions }),
  };
}

/** Where a system sends administrators back to after they have signed the hub in; registered there. */
export const redirectUrlOf = (publicUrl: string, system: string) => `${publicUrl}/connect/${system}/callback`;

/** The names of the settings that are never shown again. */
export const secretNames = ({ settings }: Connector): string[] =>
  Object.entries(settings.shape)
    .filter(([, schema]) => descriptionOf(schema as z.ZodType).secret === true)
    .map(([name]) => name);

function fieldOf(name: string, schema: z.ZodType): SettingField {
  const { label, help, placeholder, secret } = descriptionOf(schema);
  const absent = schema.safeParse(undefined);
  const inner = innermost(schema);
  const standard: unknown = absent.success ? absent.data : undefined;
  return {
    name,
    ...kindOf(inner, secret === true),
    label,
    ...(help && { help }),
    ...(placeholder !== undefined && { placeholder }),
    required: !absent.success,
    ...((typeof standard === 'string' || typeof standard === 'boolean') && { default: standard }),
  };
}

function kindOf(schema: z.ZodType, secret: boolean): Pick<SettingField, 'kind' | 'options'> {
  if (secret) return { kind: 'secret' };
  if (schema instanceof z.ZodBoolean) return { kind: 'yes-no' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', options: schema.options.map(String) };
  return { kind: 'text' };
}

/** What is entered, without what only says that it may be absent or is changed afterwards. */
function innermost(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return innermost(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodPipe) return innermost(schema.in as z.ZodType);
  return schema;
}
