import { z } from 'zod';
import { unlessForbidden } from './answers.ts';
import { remember } from '../remember.ts';
import type { Io } from './settings.ts';

const Property = z.object({ options: z.array(z.object({ value: z.string(), label: z.string() })) });

/** HubSpot's own stages have words for names, those that a company adds have numbers. */
const isNumber = (stage: string | null | undefined) => stage != null && /^\d+$/.test(stage);

/** What administrators call the stages of their own; asked for only where there are such. */
export async function stageNames(
  io: Io,
  stages: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  return stages.some(isNumber) ? remember(io, 'stages', () => readNames(io)) : new Map();
}

async function readNames(io: Io): Promise<Map<string, string>> {
  const path = '/crm/v3/properties/contacts/lifecyclestage';
  const answer = await unlessForbidden(io.request(path, { schema: Property }));
  const own = answer?.body.options.filter(({ value, label }) => isNumber(value) && label.trim() !== '') ?? [];
  return new Map(own.map(({ value, label }) => [value, label]));
}
