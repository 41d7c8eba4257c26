import { join } from 'node:path';
import { net, type MessagePortMain } from 'electron';
import { isCodedError } from '#shared/errors/coded-error.ts';
import type { Core } from '#core/create-core.ts';
import type { Shell } from '#core/ports/shell.ts';
import type { Log } from '#core/ports/system.ts';
import { prepareFolder } from '#data/connection/prepare-folder.ts';
import { createLogFile } from '#files/log-file.ts';
import {
  machineFactsSchema,
  toCoreSchema,
  type FromCore,
  type PickedPath,
  type ShellQuestion,
  type ToCore,
} from '#shared/contract/control.ts';
import { requestSchema, type ToScreen } from '#shared/contract/transport.ts';
import { faultAt } from './machine-ports.ts';
import { createPortReaderHost } from './port-reader-host.ts';
import { createPortSigner } from './port-signer.ts';
import { reportDamage } from './report-damage.ts';
import { wireCore, type WiredCore } from './wire-core.ts';

// The core process: Electron starts it, the parent port brings its orders, each screen has a port of its own.

const parent = process.parentPort;
const say = (message: FromCore): void => parent.postMessage(message);

const questions = new Map<number, (value: unknown) => void>();
let lastQuestion = 0;
function ask(question: ShellQuestion): Promise<unknown> {
  return new Promise((resolve) => {
    lastQuestion += 1;
    questions.set(lastQuestion, resolve);
    say({ type: 'ask', id: lastQuestion, question });
  });
}

const shell: Shell = {
  resolveToken: async (token) => (await ask({ what: 'file-token', token })) as PickedPath | null,
  getSecret: async (name) => (await ask({ what: 'secret-get', name })) as string | null,
  setSecret: async (name, value) => {
    if ((await ask({ what: 'secret-set', name, value })) !== true) throw new Error(`secret ${name} was not kept`);
  },
  machine: async () => machineFactsSchema.safeParse(await ask({ what: 'machine' })).data ?? null,
  callerChanged: (roles, withheld) =>
    say({ type: 'caller', roles: roles === null ? null : [...roles], withheld: [...withheld] }),
  notify: (notice) => say({ type: 'notice', ...notice }),
};
const signer = createPortSigner({
  need: () => say({ type: 'need-signer' }),
  end: () => say({ type: 'end-signer' }),
});
const readers = createPortReaderHost({
  need: (id) => say({ type: 'need-reader', id }),
  end: (id) => say({ type: 'end-reader', id }),
});

let wired: WiredCore | null = null;

function start(order: Extract<ToCore, { type: 'start' }>): void {
  let log: Log | undefined;
  try {
    prepareFolder(order.dataDir);
    log = reportDamage(createLogFile(join(order.dataDir, 'logs', 'core.log')), () =>
      say({ type: 'failed', code: 'DATABASE_DAMAGED', params: {} }),
    );
    wired = wireCore({
      dataDir: order.dataDir,
      resourcesDir: order.resourcesDir,
      appVersion: order.appVersion,
      account: order.account,
      shell,
      signer,
      readerHost: readers,
      fetch: (input, init) => net.fetch(input, init),
      log,
      fault: faultAt(order.faultPoint),
    });
    say({ type: 'ready', sqlite: wired.sqliteVersion, schemaVersion: wired.schemaVersion });
    void wired.core.start();
  } catch (error) {
    log?.error('core-start-failed', error);
    say(describeFailure(error));
  }
}

type FailureCode = Extract<FromCore, { type: 'failed' }>['code'];
const failureCodes: readonly FailureCode[] = [
  'FOLDER_IN_USE',
  'DATABASE_NEWER',
  'DATABASE_DAMAGED',
  'FOLDER_NOT_WRITABLE',
  'DISK_FULL',
];

function describeFailure(error: unknown): FromCore {
  const code = isCodedError(error) ? failureCodes.find((known) => known === error.code) : undefined;
  if (code !== undefined && isCodedError(error)) return { type: 'failed', code, params: { ...error.params } };
  return { type: 'failed', code: 'UNEXPECTED', params: {} };
}

function connectScreen(core: Core, port: MessagePortMain): void {
  const send = (message: ToScreen): void => port.postMessage(message);
  const unsubscribe = core.subscribe(({ event, payload }) => send({ kind: 'event', event, payload }));
  port.on('close', unsubscribe);
  port.on('message', ({ data }) => {
    const request = requestSchema.safeParse(data);
    // Without an id there is no one to answer.
    if (!request.success) return;
    const { id, name, input } = request.data;
    void core.call(name, input).then((answer) => send({ kind: 'answer', id, answer }));
  });
  port.start();
}

async function stop(): Promise<void> {
  await wired?.close();
  say({ type: 'stopped' });
}

parent.on('message', ({ data, ports }) => {
  const order = toCoreSchema.parse(data);
  const [port] = ports;
  switch (order.type) {
    case 'start':
      start(order);
      break;
    case 'connect':
      if (wired !== null && port !== undefined) connectScreen(wired.core, port);
      break;
    case 'signer':
      if (port !== undefined) signer.connect(port);
      break;
    case 'signer-ended':
      signer.ended(order.why);
      break;
    case 'reader':
      if (port !== undefined) readers.connect(order.id, port);
      break;
    case 'reader-ended':
      readers.ended(order.id, order.why);
      break;
    case 'ping':
      say({ type: 'pong', number: order.number });
      break;
    case 'reply':
      questions.get(order.id)?.(order.value);
      questions.delete(order.id);
      break;
    case 'note':
      wired?.core.note(order.action, order.params, order.byPerson);
      break;
    case 'idle':
      wired?.core.idle(order.seconds);
      break;
    case 'network-changed':
      wired?.core.networkChanged();
      break;
    case 'stop':
      void stop();
      break;
  }
});
