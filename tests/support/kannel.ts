import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from './free-port.ts';

/** A program that ended is started again after this long, as systemd or run_kannel_box would. */
const RESTART_MS = 200;

/** Debian's Kannel in a folder of its own: bearerbox and smsbox, each started again when it ends. */
export interface Kannel {
  /** smsbox's `/cgi-bin/sendsms`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Resolves once smsbox answers requests. */
  ready(): Promise<void>;
  /** Kill -9. Resolves once it listens again; smsbox's link to it comes back by itself, some seconds later. */
  killBearerbox(): Promise<void>;
  readonly starts: () => number;
  logs(): Promise<string>;
  stop(): Promise<void>;
}

export interface KannelSetting {
  readonly smscPort: number;
  readonly smscPassword: string;
}

export async function startKannel(setting: KannelSetting): Promise<Kannel> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kannel-'));
  const [admin = 0, smsbox = 0, sendsms = 0] = await freePorts(3);
  const file = path.join(folder, 'kannel.conf');
  await writeFile(file, configuration(folder, { admin, smsbox, sendsms }, setting));
  const running = new Map<string, ChildProcess>();
  let stopping = false;
  let starts = 0;
  let onStart = (): void => {};

  const keepRunning = (program: string): void => {
    starts += 1;
    const child = spawn(program, ['-v', '4', file], { stdio: 'ignore', cwd: folder });
    running.set(program, child);
    onStart();
    child.on('error', () => undefined);
    child.once('exit', () => {
      running.delete(program);
      if (!stopping) void pause(RESTART_MS).then(() => (stopping ? undefined : keepRunning(program)));
    });
  };
  keepRunning('bearerbox');
  await until(() => accepts(smsbox));
  keepRunning('smsbox');

  return {
    url: `http://127.0.0.1:${sendsms}/cgi-bin/sendsms`,
    username: 'exchange',
    password: 'kannel-password',
    ready: () => until(() => accepts(sendsms)),
    killBearerbox: async () => {
      const started = new Promise<void>((resolve) => (onStart = resolve));
      running.get('bearerbox')?.kill('SIGKILL');
      await started;
      await until(() => accepts(smsbox));
    },
    starts: () => starts,
    logs: async () => {
      const files = ['bearerbox.log', 'smsbox.log'].map((name) => readFile(path.join(folder, name), 'utf8'));
      return (await Promise.all(files.map((text) => text.catch(() => '')))).join('\n');
    },
    stop: async () => {
      stopping = true;
      const children = [...running.values()].filter(({ exitCode, signalCode }) => exitCode === null && !signalCode);
      const ended = children.map((child) => once(child, 'exit'));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(ended);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Ports {
  readonly admin: number;
  readonly smsbox: number;
  readonly sendsms: number;
}

function configuration(folder: string, ports: Ports, setting: KannelSetting): string {
  return `group = core
admin-port = ${ports.admin}
admin-interface = 127.0.0.1
admin-password = admin
smsbox-port = ${ports.smsbox}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
box-deny-ip = *.*.*.*
log-file = ${folder}/bearerbox.log
log-level = 1
store-type = file
store-file = ${folder}/kannel.store
dlr-storage = internal

group = smsc
smsc = smpp
smsc-id = province
host = 127.0.0.1
port = ${setting.smscPort}
transceiver-mode = true
smsc-username = kannel
smsc-password = ${setting.smscPassword}
system-type = ""
enquire-link-interval = 15
reconnect-delay = 1
source-addr-autodetect = yes
source-addr-ton = 5
source-addr-npi = 0
dest-addr-ton = 1
dest-addr-npi = 1
msg-id-type = 0x03
max-pending-submits = 1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = ${ports.smsbox}
sendsms-port = ${ports.sendsms}
sendsms-interface = 127.0.0.1
global-sender = VANTHU
log-file = ${folder}/smsbox.log
log-level = 1
http-request-retry = 3
http-queue-delay = 1

group = sendsms-user
username = exchange
password = kannel-password
user-allow-ip = 127.0.0.1
max-messages = 5
concatenation = true

group = sms-service
keyword = default
text = "no service"
max-messages = 0
`;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (result: boolean): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/** Asks again every 50 ms, 30 s at most. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('Kannel does not listen');
    await pause(50);
  }
}
