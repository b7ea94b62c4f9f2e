import type { StoredChange } from './changes.ts';

/** What may wait for a client: more than an hour of changes, and little beside what a socket takes. */
const MAX_WAITING_BYTES = 256 * 1024;

/** The server-sent events of one client. */
export class LiveStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #encoder = new TextEncoder();
  readonly #onEnd: () => void;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #position: number;
  #ended = false;
  /** How much room there was for more after the last heartbeat. */
  #roomAtBeat = -1;
  #onTaken = () => {};

  /** Begins after the change of this number. */
  constructor(position: number, onEnd: () => void) {
    this.#position = position;
    this.#onEnd = onEnd;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#onTaken(),
        cancel: () => this.#finish(),
      },
      { highWaterMark: MAX_WAITING_BYTES, size: (chunk) => chunk.byteLength },
    );
  }

  /** The number of the last change that was sent. */
  get position(): number {
    return this.#position;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Sends a change, unless it was sent before. */
  send({ seq, kind, ids }: StoredChange): void {
    if (seq <= this.#position) return;
    this.#position = seq;
    this.#write('change', JSON.stringify({ kind, ids }));
  }

  /** Says that there is more behind the stream's beginning than it tells. */
  reset(): void {
    this.#write('reset', '{}');
  }

  /** Lets both sides, and all between them, know that the stream goes on; cuts off who has taken nothing since the last. */
  beat(): void {
    if (this.#room < MAX_WAITING_BYTES && this.#room <= this.#roomAtBeat) return this.cut();
    this.#enqueue(': \n\n');
    this.#roomAtBeat = this.#room;
  }

  /** Resolves once the client has taken most of what it was sent, or the stream has ended. */
  async taken(): Promise<void> {
    while (!this.#ended && this.#room < MAX_WAITING_BYTES / 2) {
      await new Promise<void>((resolve) => {
        this.#onTaken = resolve;
      });
    }
  }

  /** Ends it after what was sent. */
  end(): void {
    if (this.#ended) return;
    this.#controller.close();
    this.#finish();
  }

  /** Ends it at once; what waits is thrown away. */
  cut(): void {
    if (this.#ended) return;
    this.#controller.error(new Error('The client does not read.'));
    this.#finish();
  }

  get #room(): number {
    return this.#controller.desiredSize ?? 0;
  }

  #write(event: string, data: string): void {
    this.#enqueue(`event: ${event}\nid: ${this.#position}\ndata: ${data}\n\n`);
  }

  #enqueue(text: string): void {
    if (this.#ended) return;
    this.#controller.enqueue(this.#encoder.encode(text));
    if (this.#room <= 0) this.cut();
  }

  #finish(): void {
    this.#ended = true;
    this.#onTaken();
    this.#onEnd();
  }
}
