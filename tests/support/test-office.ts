import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { CoreEvent } from '#core/create-core.ts';
import type { Notice, Shell } from '#core/ports/shell.ts';
import { noLog } from '#entries/machine-ports.ts';
import { wireCore, type CoreWiring } from '#entries/wire-core.ts';
import { specOf, type CallInput, type CallName, type CallOutput } from '#shared/contract/contract.ts';
import type { PickedPath } from '#shared/contract/control.ts';
import type { Answer } from '#shared/contract/define.ts';
import type { Placement } from '#shared/contract/outgoing.ts';
import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { Proposal } from '#shared/domain/proposal.ts';
import { inProcessSigner } from '#scripts/demo/in-process-signer.ts';
import { installTrust } from '#scripts/demo/install-trust.ts';
import { draftFrom } from '#scripts/demo/letter-draft.ts';
import { makeTestPki, TEST_PKI_PASSWORD, type TestPki, type TestSubjectId } from '#scripts/make-test-pki.ts';
import { pooledReaderHost } from './pooled-reader.ts';

export const repositoryRoot = resolve(import.meta.dirname, '../..');
export const sampleLetter = join(repositoryRoot, 'resources/demo/letters/cong-van-241.pdf');

export function testPki(): TestPki {
  return makeTestPki(join(repositoryRoot, '.cache/test-pki'));
}

export interface TestOffice {
  readonly dataDir: string;
  readonly notices: readonly Notice[];
  readonly events: readonly CoreEvent[];
  /** What core told the shell of who may do what, oldest first. */
  readonly callers: readonly (readonly Role[] | null)[];
  /** Stored files that core told the shell to hold back, as it is now. */
  readonly withheld: () => readonly string[];
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Answer<CallOutput<N>>>;
  /** The value of a call that must succeed; a `commandId` is added where there is none. */
  ok<N extends CallName>(name: N, input: Omit<CallInput<N>, 'commandId'>): Promise<CallOutput<N>>;
  /** The code of a call that must be refused. */
  refused<N extends CallName>(name: N, input: Omit<CallInput<N>, 'commandId'>): Promise<string>;
  token(path: string): string;
  /** Stops the core and opens it again on the same folder. */
  restart(
    changes?: Partial<Pick<CoreWiring, 'ports' | 'fault' | 'fetch' | 'log' | 'appVersion' | 'account'>>,
  ): Promise<void>;
  /** Says that nobody has used the machine for so many seconds. */
  idle(seconds: number): void;
  /** Stops the core, loses what the key store kept, and opens the core again. */
  loseSecrets(): Promise<void>;
  until<T>(what: string, probe: () => Promise<T | null | undefined | false>): Promise<T>;
  /** Stops the core and leaves its folder to somebody else. */
  leave(): Promise<void>;
  /** Stops the core and removes its folder. */
  close(): Promise<void>;
}

export async function openTestOffice(
  options: Partial<
    Pick<
      CoreWiring,
      | 'ports'
      | 'fault'
      | 'fetch'
      | 'dataDir'
      | 'log'
      | 'signer'
      | 'readerHost'
      | 'readerLimits'
      | 'appVersion'
      | 'account'
    >
  > = {},
): Promise<TestOffice> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'vanthu-office-'));
  const tokens = new Map<string, PickedPath>();
  const secrets = new Map<string, string>();
  const notices: Notice[] = [];
  const events: CoreEvent[] = [];
  const callers: (readonly Role[] | null)[] = [];
  let withheld: readonly string[] = [];
  const shell: Shell = {
    resolveToken: (token) => Promise.resolve(tokens.get(token) ?? null),
    getSecret: (name) => Promise.resolve(secrets.get(name) ?? null),
    setSecret: (name, value) => {
      secrets.set(name, value);
      return Promise.resolve();
    },
    machine: () => Promise.resolve(null),
    notify: (notice) => void notices.push(notice),
    callerChanged: (roles, files) => {
      callers.push(roles);
      withheld = files;
    },
  };
  installTrust(dataDir, testPki());

  const resourcesDir = join(repositoryRoot, 'resources');
  const open = (changes: typeof options) => {
    const wired = wireCore({
      dataDir,
      resourcesDir,
      appVersion: changes.appVersion ?? options.appVersion ?? 'test',
      shell,
      signer: options.signer ?? inProcessSigner,
      readerHost: options.readerHost ?? pooledReaderHost(dataDir, resourcesDir),
      ...(options.readerLimits === undefined ? {} : { readerLimits: options.readerLimits }),
      fetch: changes.fetch ?? options.fetch ?? ((url, init) => fetch(url, init)),
      // An unexpected error is a bug that the test should show.
      log: changes.log ??
        options.log ?? {
          ...noLog,
          error: (event, error) =>
            process.stderr.write(`${event}: ${error instanceof Error ? error.stack : String(error)}\n`),
        },
      fault: changes.fault ?? (() => undefined),
      account: changes.account ?? options.account ?? null,
      ...(changes.ports === undefined ? {} : { ports: changes.ports }),
    });
    wired.core.subscribe((event) => events.push(event));
    return wired;
  };
  let wired = open(options);
  await wired.core.start();

  const office: TestOffice = {
    dataDir,
    notices,
    events,
    callers,
    withheld: () => withheld,
    call: (name, input) => wired.core.call(name, input) as ReturnType<TestOffice['call']> as never,
    ok: async (name, input) => {
      const answer = await wired.core.call(name, withCommandId(name, input));
      if (!answer.ok) throw new Error(`${name} was refused: ${answer.code} ${JSON.stringify(answer.params)}`);
      return answer.value as never;
    },
    refused: async (name, input) => {
      const answer = await wired.core.call(name, withCommandId(name, input));
      if (answer.ok) throw new Error(`${name} succeeded`);
      return answer.code;
    },
    token: (path) => {
      const token = randomUUID();
      tokens.set(token, { path, name: basename(path), size: statSync(path, { throwIfNoEntry: false })?.size ?? 0 });
      return token;
    },
    restart: async (changes = {}) => {
      await wired.close();
      wired = open({ ...options, ...changes });
      await wired.core.start();
    },
    loseSecrets: async () => {
      secrets.clear();
      await office.restart();
    },
    idle: (seconds) => wired.core.idle(seconds),
    until: async (what, probe) => {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const found = await probe();
        if (found !== null && found !== undefined && found !== false) return found;
        if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
        await new Promise((resolveWait) => setTimeout(resolveWait, 20));
      }
    },
    leave: () => wired.close(),
    close: async () => {
      await wired.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return office;
}

function withCommandId(name: string, input: object): object {
  return specOf(name)?.kind === 'query' || 'commandId' in input ? input : { ...input, commandId: randomUUID() };
}

/** What the form makes of a proposal when the clerk changes nothing. */
export function fieldsFrom(proposal: Proposal): { fields: OutgoingFields; placement: Placement } {
  return draftFrom(proposal, {
    documentType: 'Công văn',
    notation: 'VPUBND',
    agencyName: 'Văn phòng UBND tỉnh Đắk Lắk',
    abstract: 'V/v thử nghiệm',
    signerName: 'Bùi Hồng Quý',
  });
}

/** Adds a certificate of the test authority to an office; answers its id. */
export async function addCertificate(
  office: TestOffice,
  subject: TestSubjectId,
  role: 'person' | 'seal',
): Promise<string> {
  const image = join(repositoryRoot, `resources/demo/${role === 'person' ? 'signature' : 'seal'}.png`);
  const { id } = await office.ok('certificates.add', {
    token: office.token(testPki().p12(subject)),
    password: TEST_PKI_PASSWORD,
    role,
    imageToken: office.token(image),
  });
  return id;
}
