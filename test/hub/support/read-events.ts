import { EventSourceParserStream } from 'eventsource-parser/stream';
import { LiveChange } from '../../../utils/contract/live.ts';

export interface LiveEvent {
  event: string;
  id: number;
  /** Of a `change`. */
  change: LiveChange | null;
}

export interface OpenStream {
  status: number;
  headers: Headers;
  /** The next event; null once the stream has ended. */
  next(): Promise<LiveEvent | null>;
  /** Breaks the connection. */
  cut(): Promise<void>;
}

/** Reads the events of an answer as they come. */
export function readEvents(response: Response): OpenStream {
  const events = response
    .body!.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  return {
    status: response.status,
    headers: response.headers,
    next: async () => {
      const { done, value } = await events.read();
      if (done) return null;
      const event = value.event ?? '';
      const data: unknown = JSON.parse(value.data);
      return { event, id: Number(value.id), change: event === 'change' ? LiveChange.parse(data) : null };
    },
    cut: () => events.cancel(),
  };
}
