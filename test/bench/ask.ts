import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startHub } from '../../demo/hub-process.ts';
import { signIn } from './sign-in.ts';

/** Posts a text of JSON and resolves with the answer's length. */
export type Post = (path: string, body: string) => Promise<number>;

/** A hub of its own for some work, with everything on: sign-in, limits, logs. */
export async function withHub<Result>(
  settings: Record<string, string>,
  work: (post: Post) => Promise<Result>,
): Promise<Result> {
  const hub = await startHub({ PORT: '0', TANDEM_REQUESTS_PER_MINUTE: '100000000', ...settings });
  try {
    return await posting(hub.url, await signIn(hub), work);
  } finally {
    await hub.stop();
  }
}

/** A route that does nothing but answer so many bytes, in a process of its own, too. */
export async function withBareRoute<Result>(
  bytes: number,
  work: (post: Post) => Promise<Result>,
): Promise<Result> {
  const program = fileURLToPath(new URL('bare-route.ts', import.meta.url));
  const route: ChildProcess = spawn(process.execPath, [program, String(bytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = (await once(createInterface({ input: route.stdout! }), 'line')) as [string];
    return await posting(`http://127.0.0.1:${port}`, 'none', work);
  } finally {
    route.kill();
  }
}

async function posting<Result>(
  url: string,
  token: string,
  work: (post: Post) => Promise<Result>,
): Promise<Result> {
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  try {
    return await work(async (path, body) => {
      const asking = request(url + path, {
        method: 'POST',
        agent,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      });
      asking.end(body);
      const [answer] = (await once(asking, 'response')) as [IncomingMessage];
      let length = 0;
      answer.on('data', (chunk: Buffer) => (length += chunk.length));
      await once(answer, 'end');
      if (answer.statusCode !== 200) throw new Error(`The answer was ${answer.statusCode}.`);
      return length;
    });
  } finally {
    agent.destroy();
  }
}
