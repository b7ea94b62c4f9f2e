import { z } from 'zod';
import { Id, Instant, Label, LocalText } from './primitives.ts';
import { Stage } from './stage.ts';

/** A connector's id, e.g. `hubspot`: a workspace has one source of each. */
export const SystemId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9-]+$/);

/** What the form asks for; settings are texts, or yes and no. */
export const SettingField = z.object({
  name: z.string(),
  kind: z.enum(['text', 'secret', 'choice', 'yes-no']),
  label: LocalText,
  help: LocalText.optional(),
  placeholder: z.string().optional(),
  /** Of a choice. */
  options: z.array(z.string()).optional(),
  required: z.boolean(),
  default: z.union([z.string(), z.boolean()]).optional(),
});
export type SettingField = z.infer<typeof SettingField>;

/** A system that the hub can bring knowledge in from. */
export const ConnectorDescription = z.object({
  system: SystemId,
  label: Label,
  fields: z.array(SettingField),
  /** Whether administrators sign the hub in at the system once the settings are stored. */
  signIn: z.boolean(),
  /** Of such a system: the address it is to send administrators back to, where the hub knows its own. */
  redirectUrl: z.string().optional(),
  writesFeedback: z.boolean(),
  /** How to have the system tell of changes at once; absent: it cannot. */
  webhook: LocalText.optional(),
});
export type ConnectorDescription = z.infer<typeof ConnectorDescription>;

export const PullName = z.enum(['campaigns', 'people', 'consent', 'touchpoints', 'planned']);
export type PullName = z.infer<typeof PullName>;

/** How far a pull is; `history` brings in what was before, `recent` what changes meanwhile. */
export const PullProgress = z.object({
  pull: PullName,
  lane: z.enum(['history', 'recent']),
  /** So many items brought in so far, of so many where the system says it. */
  items: z.int().nonnegative(),
  total: z.int().nonnegative().optional(),
  /** Of them, those that could not be taken; `lastProblem` says what was wrong with the last. */
  skipped: z.int().nonnegative(),
  lastProblem: z.string().optional(),
  finishedAt: Instant.optional(),
});
export type PullProgress = z.infer<typeof PullProgress>;

export const Settings = z.record(z.string().max(64), z.union([z.string().max(4_000), z.boolean()]));

/** A system the hub brings knowledge in from. Its secrets never leave the hub. */
export const Source = z.object({
  system: SystemId,
  label: Label,
  /** Without the secret ones. */
  settings: Settings,
  /** The secret ones that are set. */
  secrets: z.array(z.string()),
  /** Whether the hub is signed in there; null: it needs not, it has a key. */
  signedIn: z.boolean().nullable(),
  enabled: z.boolean(),
  /** Whether sales' verdicts are written back into it, where the system takes them. */
  writesFeedback: z.boolean(),
  createdAt: Instant,
  /** `new`: nothing was brought in yet. `waiting`: until `nextRunAt`, as the system asked. */
  state: z.enum(['new', 'syncing', 'ready', 'waiting', 'failed', 'disabled']),
  progress: z.array(PullProgress),
  lastSuccessAt: Instant.nullable(),
  /** From when on everything was brought in; null while history is being brought in. */
  completeSince: Instant.nullable(),
  nextRunAt: Instant.optional(),
  problem: LocalText.optional(),
  /** Where the system sends its webhooks; the address may hold the secret. */
  webhook: z.object({ url: z.string(), secret: z.string(), refused: z.int().nonnegative() }).optional(),
  /** So many statuses of this system stand for no stage yet. */
  unmapped: z.int().nonnegative(),
});
export type Source = z.infer<typeof Source>;

export const NewSource = z.object({ system: SystemId, settings: Settings });
export type NewSource = z.infer<typeof NewSource>;
/** Settings that are left out stay. */
export const SourcePatch = z.object({
  settings: Settings.optional(),
  enabled: z.boolean().optional(),
  writesFeedback: z.boolean().optional(),
});
export type SourcePatch = z.infer<typeof SourcePatch>;

/** What works with these settings, and what is missing. */
export const SourceCheck = z.object({ findings: z.array(z.object({ ok: z.boolean(), words: LocalText })) });
export type SourceCheck = z.infer<typeof SourceCheck>;

/** A status of the system's own, and the stage it stands for; null: nobody has said. */
export const StatusMapping = z.object({ value: Label, stage: Stage.nullable() });
export type StatusMapping = z.infer<typeof StatusMapping>;
/** The statuses that people of the system have, and how many have each; the commonest first. */
export const SourceStatuses = z.object({
  statuses: z.array(StatusMapping.extend({ people: z.int().nonnegative() })),
});
export type SourceStatuses = z.infer<typeof SourceStatuses>;
/** What is left out stays as it is. */
export const StatusMappings = z
  .object({ mappings: z.array(StatusMapping.extend({ value: Label.max(500) })).max(500) })
  .refine(({ mappings }) => new Set(mappings.map(({ value }) => value)).size === mappings.length, {
    path: ['mappings'],
    message: 'names a status twice',
  });
export type StatusMappings = z.infer<typeof StatusMappings>;

/** What a mapping would do to the people there are. */
export const MappingPreview = z.object({
  moves: z.array(z.object({ from: Stage, to: Stage, people: z.int().positive() })),
  /** A few of them. */
  examples: z.array(z.object({ personId: Id, name: z.string(), status: z.string(), from: Stage, to: Stage })),
  /** So many statuses would still stand for no stage. */
  unmapped: z.int().nonnegative(),
});
export type MappingPreview = z.infer<typeof MappingPreview>;
