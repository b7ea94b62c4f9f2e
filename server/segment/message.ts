import { z } from 'zod';
import { Text } from '../../utils/contract/primitives.ts';

/** A message may be so large, in bytes of JSON. */
const MAX_BYTES = 32 * 1024;

const Key = Text.min(1).max(200);
/** Sources write what they like: what is no text of use is as good as nothing. */
const lax = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const Moment = lax(z.union([z.string(), z.number()]).pipe(z.coerce.date()));
const Words = lax(Text.min(1));

const Campaign = z.object({
  name: Words,
  source: Words,
  medium: Words,
});

const Context = z.object({
  campaign: lax(Campaign),
  page: lax(z.object({ url: Words, title: Words })),
  userAgent: lax(z.string()),
  locale: Words,
  traits: lax(z.record(z.string(), z.unknown())),
});

const common = {
  messageId: Key,
  userId: lax(Key),
  anonymousId: lax(Key),
  timestamp: Moment,
  originalTimestamp: Moment,
  sentAt: Moment,
  context: Context.optional().catch(undefined),
};
const Things = z.record(z.string(), z.unknown()).optional().catch(undefined);

/** A message of Segment's protocol, as far as it is used here. */
export const Message = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('identify'), ...common, traits: Things }),
    z.object({ type: z.literal('track'), ...common, event: Text.min(1).max(2_000), properties: Things }),
    z.object({ type: z.literal('page'), ...common, name: Words, properties: Things }),
    z.object({ type: z.literal('screen'), ...common, name: Words, properties: Things }),
    z.object({ type: z.literal('group'), ...common, groupId: lax(Key), traits: Things }),
    z.object({ type: z.literal('alias'), ...common, previousId: Key }),
  ])
  .refine(({ userId, anonymousId }) => userId !== undefined || anonymousId !== undefined, {
    error: 'needs a userId or an anonymousId',
  });
export type Message = z.infer<typeof Message>;
export type MessageOf<Type extends Message['type']> = Extract<Message, { type: Type }>;

/** Reads one message; a text says why it is none. Nothing of what stands in it is repeated. */
export function readMessage(raw: unknown, type?: Message['type']): Message | string {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return 'is no message';
  if (Buffer.byteLength(JSON.stringify(raw)) > MAX_BYTES) return `is larger than ${MAX_BYTES} bytes`;
  const parsed = Message.safeParse(type ? { ...raw, type } : raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not usable'}`.trim();
}

/**
 * When it happened by the hub's clock: `timestamp` is by the sender's, which is as wrong as `sentAt` was when the
 * message came in. Nothing lies ahead.
 */
export function happenedAt(message: Message, sentAt: Date | undefined, now: Date): Date {
  const said = message.timestamp ?? message.originalTimestamp ?? sentAt ?? now;
  const wrongBy = sentAt ? now.getTime() - sentAt.getTime() : 0;
  const at = said.getTime() + wrongBy;
  return new Date(Math.min(Math.max(at, 0), now.getTime()));
}
