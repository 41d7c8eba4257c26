import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface VirtualDisplay {
  /** Value for DISPLAY, such as ":3". */
  readonly display: string;
  /** Ends the server and waits until it is gone. */
  stop(): Promise<void>;
}

export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

const START_LIMIT_MS = 15_000;

/**
 * Starts Xvfb on a display number that it picks itself and resolves once it accepts connections. It also ends when this
 * process exits (`runScript` turns SIGINT and SIGTERM into exits).
 */
export async function startXvfb(size: ScreenSize = { width: 1920, height: 1200 }): Promise<VirtualDisplay> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${size.width}x${size.height}x24`, '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const kill = (): void => {
    server.kill('SIGTERM');
  };
  process.once('exit', kill);
  const exited = once(server, 'exit');
  try {
    const number = await readDisplayNumber(server.stdio[3] as Readable, exited, server.stdio[2] as Readable);
    return {
      display: `:${number}`,
      async stop() {
        process.off('exit', kill);
        kill();
        await exited;
      },
    };
  } catch (error) {
    process.off('exit', kill);
    kill();
    throw error;
  }
}

/** Runs `work` with DISPLAY set to a fresh virtual display, and takes the display down afterwards. */
export async function withVirtualDisplay<T>(work: (display: string) => Promise<T>, size?: ScreenSize): Promise<T> {
  const server = await startXvfb(size);
  const before = process.env.DISPLAY;
  process.env.DISPLAY = server.display;
  try {
    return await work(server.display);
  } finally {
    if (before === undefined) delete process.env.DISPLAY;
    else process.env.DISPLAY = before;
    await server.stop();
  }
}

/** Whether windows opened by this process can be seen by someone. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env, platform = process.platform): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

function readDisplayNumber(pipe: Readable, exited: Promise<unknown[]>, stderr: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let written = '';
    let complaint = '';
    const timer = setTimeout(() => reject(new Error(`Xvfb was not ready after ${START_LIMIT_MS} ms`)), START_LIMIT_MS);
    stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')));
    pipe.on('data', (chunk: Buffer) => {
      written += chunk.toString('utf8');
      if (!written.includes('\n')) return;
      clearTimeout(timer);
      resolve(written.trim());
    });
    exited.then(
      () => {
        clearTimeout(timer);
        reject(new Error(`Xvfb ended before it was ready: ${complaint.trim()}`));
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
