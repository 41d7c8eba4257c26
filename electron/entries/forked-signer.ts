import { fork, type ChildProcess } from 'node:child_process';
import { createPortSigner, type PortSigner, type SignerPort } from './port-signer.ts';

export interface ForkedSigner extends PortSigner {
  /** Ends the process; calls on the way fail with SIGNER_CRASHED. */
  close(): void;
}

/**
 * The signing process as a child of plain Node: the same program and protocol as in the application.
 * @param limit milliseconds that a driver may take for one request
 */
export function createForkedSigner(limit?: number): ForkedSigner {
  let child: ChildProcess | null = null;
  const kill = (): void => {
    child?.kill('SIGKILL');
    child = null;
  };
  const start = (): void => {
    const mine = fork(new URL('./signing.ts', import.meta.url), { serialization: 'advanced' });
    child = mine;
    // One that was killed may still complain that it cannot be sent anything.
    mine.on('error', () => undefined);
    signer.connect(portOf(mine));
  };
  const signer = createPortSigner({ need: start, end: kill }, undefined, limit);
  return { ...signer, close: kill };
}

function portOf(child: ChildProcess): SignerPort {
  return {
    postMessage: (message) => child.send(message),
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
      event === 'close'
        ? child.on('close', () => listener({ data: null }))
        : child.on('message', (data) => listener({ data })),
    start: () => undefined,
  };
}
