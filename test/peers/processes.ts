import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** Of what a program wrote, to be shown when it fails. */
const KEPT = 4_000;

export interface Running {
  /** The last it wrote. */
  said(): string;
  /** Whether it still runs. */
  alive(): boolean;
  stop(): Promise<void>;
}

/** Runs a program to its end and returns what it wrote; throws with its complaints when it fails. */
export async function run(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const { stdout } = await execute(command, args, {
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** Starts a server that stays in the foreground; it ends with this process, however this process ends. */
export function start(command: string, args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn('setpriv', ['--pdeathsig=TERM', '--', command, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own group, so that its children can be ended with it.
    detached: true,
  });
  let said = '';
  const keep = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-KEPT));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => (said += String(error)));
  const killAtExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killAtExit);
  const alive = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    said: () => said,
    alive,
    stop: async () => {
      process.off('exit', killAtExit);
      if (!alive()) return;
      const gone = once(child, 'exit');
      signalGroup(child, 'SIGTERM');
      // Nothing in it is kept, so nobody waits for a slow farewell.
      const impatient = setTimeout(() => signalGroup(child, 'SIGKILL'), 3_000);
      await gone;
      clearTimeout(impatient);
      // What it started may outlive it.
      signalGroup(child, 'SIGKILL');
    },
  };
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // All of them have ended.
  }
}

/** Asks until `check` says yes; throws when the program ends before, or after `seconds`. */
export async function ready(
  name: string,
  running: Running,
  check: () => Promise<boolean>,
  seconds = 90,
): Promise<void> {
  const late = Date.now() + seconds * 1_000;
  while (!(await check().catch(() => false))) {
    if (!running.alive()) throw new Error(`${name} ended before it was ready:\n${running.said()}`);
    if (Date.now() > late) throw new Error(`${name} was not ready in ${seconds} s:\n${running.said()}`);
    // Programs of others tell nobody that they answer: they can only be asked again.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Whether the page at this address holds a text: servers also serve their mistakes. */
export const serves = async (url: string, text: string) => (await (await fetch(url)).text()).includes(text);

/** Ports of 127.0.0.1 that nobody listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
