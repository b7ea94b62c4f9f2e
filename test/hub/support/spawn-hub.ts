import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { COMPILED } from '../../../demo/hub-process.ts';

export interface Ended {
  code: number | null;
  stderr: string;
}

export interface SpawnedHub {
  url: string;
  signInCode: string;
  nextSignInCode(): Promise<string>;
  /** Resolves when it has ended, whyever. */
  ended: Promise<Ended>;
  /** Sends the signal and resolves with how the hub ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Ended>;
}

/** Starts `server/main.ts`. Resolves once it is ready, or with how it ended without getting so far. */
export async function spawnHub(environment: Record<string, string>): Promise<SpawnedHub | Ended> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: new URL('../../..', import.meta.url),
    // No settings of whoever runs the tests.
    env: { NODE_COMPILE_CACHE: COMPILED, TANDEM_CONFIG: devNull, ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const ended = Promise.all([exited, text(child.stderr)]).then(([[code], stderr]) => ({ code, stderr }));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) return ended;
  const { url, signInCode } = JSON.parse(first.value) as { url: string; signInCode: string };
  return {
    url,
    signInCode,
    nextSignInCode: async () => {
      const line = await lines.next();
      return (JSON.parse(String(line.value)) as { signInCode: string }).signInCode;
    },
    ended,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
