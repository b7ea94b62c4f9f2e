import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { Confirmable } from '../contract/criterion.ts';
import type { HandOverPatch } from '../contract/hand-over.ts';
import type { NewStageChange } from '../contract/stage.ts';
import type { RequestOf } from '../extension/messages.ts';
import { sendMessage } from '../extension/send-message.ts';
import { keys } from './keys.ts';

/**
 * What the user can do with a lead besides feedback. Each resolves once the outbox holds the write and the
 * cache its present content; the lead's context is read again by itself after delivery.
 */
export function useLeadActions(personId: string) {
  const client = useQueryClient();
  return useMemo(() => {
    const add = async (id: string, write: RequestOf<'outbox.add'>['write']) => {
      await sendMessage('outbox.add', { id, personId, write });
      await client.invalidateQueries({ queryKey: keys.outbox });
    };
    const now = () => new Date().toISOString();
    return {
      /** Returns the id that the stage event will have. */
      async moveStage(move: Omit<NewStageChange, 'id' | 'personId' | 'clientTime'>): Promise<string> {
        const id = uuidv7();
        await add(id, { kind: 'stage-change', body: { ...move, id, personId, clientTime: now() } });
        return id;
      },
      /** Stops the clock: the user says that they have followed up. */
      async followUp(): Promise<void> {
        const id = uuidv7();
        const body = {
          id,
          person: { id: personId },
          at: now(),
          seen: 'click',
          direction: 'outbound',
        } as const;
        await add(id, { kind: 'follow-up', body });
      },
      /** `null` takes the word back. */
      async confirm(subject: Confirmable, confirmed: boolean | null): Promise<void> {
        const id = uuidv7();
        await add(id, {
          kind: 'confirmation',
          body: { id, personId, subject, confirmed, clientTime: now() },
        });
      },
      async handOver(handOverId: string, body: HandOverPatch): Promise<void> {
        await add(uuidv7(), { kind: 'hand-over', handOverId, body });
      },
    };
  }, [client, personId]);
}
export type LeadActions = ReturnType<typeof useLeadActions>;
