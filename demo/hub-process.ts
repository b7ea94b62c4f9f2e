import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Where Node keeps the hub's code compiled: a start then takes a quarter less. */
export const COMPILED = fileURLToPath(new URL('../node_modules/.cache/tandem/compiled', import.meta.url));

export interface HubProcess {
  url: string;
  /** Good for one sign-in; `nextSignInCode` waits for the one after it. */
  signInCode: string;
  /** Ends the hub: SIGTERM lets it finish, SIGKILL does not. Resolves once it is gone. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  nextSignInCode(): Promise<string>;
}

/** Starts the hub as `npm run hub` does and waits until it says that it is ready. */
export async function startHub(environment: Record<string, string>): Promise<HubProcess> {
  const hub = spawn(process.execPath, ['server/main.ts'], {
    cwd: new URL('..', import.meta.url),
    env: { NODE_COMPILE_CACHE: COMPILED, TANDEM_CONFIG: devNull, ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  hub.stderr.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-4_000)));
  const lines = createInterface({ input: hub.stdout })[Symbol.asyncIterator]();
  const read = async () => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`The hub ended before it was ready:\n${complaints}`);
    return JSON.parse(line.value) as { url: string; signInCode: string };
  };
  const ready = await read();
  return {
    ...ready,
    nextSignInCode: async () => (await read()).signInCode,
    stop: (signal = 'SIGTERM') => end(hub, signal),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
