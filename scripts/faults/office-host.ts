import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { FaultPointName } from '#core/ports/system.ts';
import type { CallName, CallOutput } from '#shared/contract/contract.ts';
import type { Answer } from '#shared/contract/define.ts';
import { startBreakingProxy, type BreakingProxy } from '#tests/support/breaking-proxy.ts';
import { OfficeProcess, type LooseInput } from '#tests/support/office-process.ts';
import { installTrust } from '../demo/install-trust.ts';
import { TEST_PKI_PASSWORD, type TestPki } from '../make-test-pki.ts';
import { copyFolder, type ExchangeHost, putBack } from './exchange-host.ts';
import { decisionsOf, type EnrolmentReason } from './product-commands.ts';
import type { RunLog } from './run-log.ts';
import type { SmallDisk } from './small-disk.ts';
import { keepRunning } from './turns.ts';

/** An agency with its real core in a process of its own behind a line of its own; started again whenever it died. */
export interface OfficeHost {
  readonly index: number;
  readonly code: string;
  /** The code under which its books go on when it is merged. */
  readonly otherCode: string;
  readonly disk: SmallDisk;
  readonly line: BreakingProxy;
  /** What the line does in calm: null, or the bytes after which it breaks. */
  lineLimit: number | null;
  /** How often its folder was put back from an older copy. */
  readonly restores: () => number;
  /** @returns null when it died before it answered */
  call<N extends CallName>(name: N, input: LooseInput): Promise<Answer<CallOutput<N>> | null>;
  kill(): Promise<void>;
  /** Dies at the next crash point of this name. @returns whether it did within `ms` */
  dieAt(point: FaultPointName, ms: number): Promise<boolean>;
  setClock(offsetMs: number): Promise<void>;
  networkChanged(): Promise<void>;
  /** Enrols with a new one-time code, until that succeeds. */
  enrol(agencyCode: string, reason: EnrolmentReason): Promise<void>;
  /** Loses its key first. */
  enrolAgain(agencyCode: string, reason: EnrolmentReason): Promise<void>;
  backUp(backup: number): Promise<void>;
  /** @param look is called while it is down, before its folder is put back */
  restore(backup: number, look: (copy: string) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  readonly index: number;
  readonly code: string;
  readonly otherCode: string;
  readonly disk: SmallDisk;
  readonly backupFolder: string;
  readonly exchange: ExchangeHost;
  readonly pki: TestPki;
  readonly log: RunLog;
}

export async function openOfficeHost(options: Options): Promise<OfficeHost> {
  const { index, code, otherCode, disk, backupFolder, exchange, pki, log } = options;
  const line = await startBreakingProxy(exchange.port);
  const dataDir = disk.folder;
  installTrust(dataDir, pki);
  let clockMs = 0;
  let restores = 0;

  const kept = keepRunning<OfficeProcess>({
    start: async () => {
      const office = new OfficeProcess(dataDir, {
        onErrorOutput: (text) => log.add(`${code} wrote: ${text.trim().slice(0, 1_500)}`),
      });
      await office.ready;
      if (clockMs !== 0) office.control({ control: 'clock', offsetMs: clockMs });
      return office;
    },
    ended: (office) => office.died,
    failed: (error) => log.add(`${code} did not start: ${String(error)}`),
  });

  const call: OfficeHost['call'] = async (name, input) => (await kept.running()).call(name, input);
  /** Whether the exchange has answered it since it started, as one that it knows. */
  const isHeard = async (): Promise<boolean> => {
    const answer = await call('exchange.line', {});
    return answer?.ok === true && answer.value.state !== 'blocked' && answer.value.lastExchangeAt !== null;
  };
  const end = (office: OfficeProcess): Promise<void> => office.end();
  const copyOf = (backup: number): string => path.join(backupFolder, `office-${index}-${backup}`);

  const host: OfficeHost = {
    index,
    code,
    otherCode,
    disk,
    line,
    lineLimit: null,
    restores: () => restores,
    call,
    kill: async () => void (await (await kept.running()).kill()),
    dieAt: async (point, ms) => {
      const office = await kept.running();
      office.control({ control: 'fault-point', name: point });
      let timer;
      const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, ms, false)));
      const died = await Promise.race([office.died.then(() => true), late]);
      clearTimeout(timer);
      if (!died) office.control({ control: 'fault-point', name: '' });
      return died;
    },
    setClock: async (offsetMs) => {
      clockMs = offsetMs;
      (await kept.running()).control({ control: 'clock', offsetMs });
    },
    networkChanged: async () => (await kept.running()).control({ control: 'network-changed' }),
    enrolAgain: async (agencyCode, reason) => {
      await kept.whileDown(end, () => rm(path.join(dataDir, 'secrets.json'), { force: true }));
      await host.enrol(agencyCode, reason);
    },
    enrol: async (agencyCode, reason) => {
      const newCode = () => exchange.ask('an enrolment code', (running) => running.enrolmentCode(agencyCode));
      let oneTimeCode = await newCode();
      for (let refusal = ''; ;) {
        const answer = await call('exchange.enrol', {
          serverUrl: line.url,
          code: oneTimeCode,
          workstationName: 'Máy văn thư 1',
          ...decisionsOf(reason),
          commandId: randomUUID(),
        });
        if (answer?.ok === true) return;
        // One that died after it kept its new key and before it kept the answer goes on under its old name, until the
        // exchange refuses that and it may be enrolled.
        if (answer?.code === 'ALREADY_ENROLLED' && (await isHeard())) return;
        // The exchange was put back meanwhile.
        if (answer?.code.startsWith('ENROL_CODE_') === true) oneTimeCode = await newCode();
        if (answer !== null && answer.code !== refusal) {
          refusal = answer.code;
          log.add(`${code} is not enrolled as ${agencyCode}: ${refusal}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    backUp: (backup) => kept.whileDown(end, () => copyFolder(dataDir, copyOf(backup))),
    restore: async (backup, look) => {
      await kept.whileDown(end, async () => {
        await look(copyOf(backup));
        await putBack(copyOf(backup), dataDir);
        restores += 1;
      });
    },
    close: async () => {
      await kept.close(async (office) => void (await office.kill()));
      await line.stop();
    },
  };
  return host;
}

export interface KeyIds {
  readonly person: string;
  readonly seal: string;
}

/** What the first-run screen does: enrols it and gives it the keys that it signs with. */
export async function setUpOffice(office: OfficeHost, pki: TestPki): Promise<KeyIds> {
  await office.enrol(office.code, 'first');
  const add = async (file: string, role: 'person' | 'seal'): Promise<string> => {
    const answer = await office.call('certificates.add', {
      token: { $file: file },
      password: TEST_PKI_PASSWORD,
      role,
      imageToken: null,
      commandId: randomUUID(),
    });
    if (answer?.ok !== true) throw new Error(`a key was refused: ${answer?.code ?? 'the office died'}`);
    return answer.value.id;
  };
  const keys = { person: await add(pki.p12('person'), 'person'), seal: await add(pki.p12('agency'), 'seal') };
  for (;;) {
    const directory = await office.call('directory.search', { text: '', limit: 1 });
    if (directory?.ok === true && directory.value.total > 0) return keys;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
