import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Shell } from '#core/ports/shell.ts';
import { noLog } from '#entries/machine-ports.ts';
import { wireCore } from '#entries/wire-core.ts';
import { createSecrets } from '#main/security/secrets.ts';
import type { CallInput, CallName, CallOutput } from '#shared/contract/contract.ts';
import type { PickedPath } from '#shared/contract/control.ts';
import { repositoryRoot } from '../lib/repository.ts';
import { forkedReaderHost } from './forked-reader.ts';
import { inProcessSigner } from './in-process-signer.ts';
import { decideAll } from './decide-all.ts';
import { draftFrom } from './letter-draft.ts';
import type { OfficeSetUp } from './office-window.ts';

/** An office without windows: its core in this process, on the data folder that the application opens afterwards. */
export interface PreparedOffice {
  /** A letter of this office, drafted, numbered, signed, sealed and handed to the exchange. */
  sendLetter(file: string, recipients: readonly string[], password: string, typed?: Typed): Promise<void>;
  /** The same, but only as far as `upTo`. */
  prepareLetter(
    file: string,
    recipients: readonly string[],
    password: string,
    upTo: LetterStage,
    typed?: Typed,
  ): Promise<void>;
  /** Asks a query. @throws Error with the code of a refusal */
  readonly call: OfficeCall;
  /** Runs a command, with an id of its own. @throws Error with the code of a refusal */
  readonly command: OfficeCall;
  close(): Promise<void>;
}

/** What the clerk types over what was read of the page. */
type Typed = Partial<CallInput<'outgoing.create'>['fields']>;

type OfficeCall = <N extends CallName>(name: N, input: Omit<CallInput<N>, 'commandId'>) => Promise<CallOutput<N>>;

export const letterStages = ['approved', 'numbered', 'signed', 'sealed', 'queued'] as const;
export type LetterStage = (typeof letterStages)[number];

/** Enrols an office and fills its settings as the first-run screen would. */
export async function prepareOffice(dataDir: string, setUp: OfficeSetUp): Promise<PreparedOffice> {
  const tokens = new Map<string, PickedPath>();
  const secrets = createSecrets(path.join(dataDir, 'secrets.json'), plainText, {
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  });
  const shell: Shell = {
    resolveToken: (token) => Promise.resolve(tokens.get(token) ?? null),
    getSecret: (name) => secrets.get(name),
    setSecret: async (name, value) => {
      if (!(await secrets.set(name, value))) throw new Error(`secret ${name} was not kept`);
    },
    machine: () => Promise.resolve(null),
    notify: () => undefined,
    callerChanged: () => undefined,
  };
  const resourcesDir = path.join(repositoryRoot, 'resources');
  const { core, close } = wireCore({
    dataDir,
    resourcesDir,
    appVersion: 'demo',
    shell,
    signer: inProcessSigner,
    readerHost: forkedReaderHost(dataDir, resourcesDir),
    fetch: (url, init) => fetch(url, init),
    log: noLog,
    fault: () => undefined,
  });
  await core.start();
  const call: OfficeCall = async (name, input) => {
    const answer = await core.call(name, input);
    if (!answer.ok) throw new Error(`${name}: ${answer.code} ${JSON.stringify(answer.params)}`);
    return answer.value as never;
  };
  const command: OfficeCall = (name, input) => call(name, { ...input, commandId: randomUUID() } as never);
  const pick = async (file: string): Promise<string> => {
    const token = randomUUID();
    tokens.set(token, { path: file, name: path.basename(file), size: (await stat(file)).size });
    return token;
  };

  await command('exchange.enrol', { serverUrl: setUp.serverUrl, code: setUp.code, workstationName: 'Máy văn thư 1' });
  for (const { role, p12, password, image } of setUp.certificates) {
    await command('certificates.add', { token: await pick(p12), password, role, imageToken: await pick(image) });
  }
  for (const { year, last } of setUp.books) await command('books.startFrom', { bookId: 'outgoing', year, last });

  while ((await call('directory.search', { text: '', limit: 1 })).total === 0) await delay(50);

  const prepareLetter: PreparedOffice['prepareLetter'] = async (file, recipients, password, upTo, typed = {}) => {
    const { certificates } = await call('certificates.list', {});
    const certificateOf = (role: string): string => certificates.find((one) => one.role === role)?.id ?? '';
    const read = await command('letters.propose', { token: await pick(file) });
    const { proposal } = read;
    const printed = Number.parseInt(proposal.number ?? '', 10);
    // A letter that carries its number comes from a book that stands just before it.
    const year = Number((proposal.date ?? new Date().toISOString()).slice(0, 4));
    if (printed > 0) await command('books.startFrom', { bookId: 'outgoing', year, last: printed - 1 });
    const draft = draftFrom(proposal, silentPage);
    const created = await command('outgoing.create', {
      fileId: read.file.fileId,
      fileName: read.file.name,
      ...draft,
      fields: { ...draft.fields, ...typed },
      recipients: [...recipients],
    });
    const steps: Readonly<Record<LetterStage, (at: Target) => Promise<Target>>> = {
      approved: (at) => command('outgoing.approve', at),
      numbered: (at) => command('outgoing.assignNumber', at),
      signed: (at) => command('outgoing.sign', { ...at, certificateId: certificateOf('person'), password }),
      sealed: (at) => command('outgoing.seal', { ...at, certificateId: certificateOf('seal'), password }),
      queued: (at) => command('outgoing.send', at),
    };
    let at: Target = created;
    for (const stage of letterStages.slice(0, letterStages.indexOf(upTo) + 1)) {
      if (stage === 'signed')
        await decideAll(call, at, { person: certificateOf('person'), seal: certificateOf('seal') });
      at = await steps[stage](idOf(at));
    }
  };

  return {
    prepareLetter,
    sendLetter: (file, recipients, password, typed) => prepareLetter(file, recipients, password, 'queued', typed),
    call,
    command,
    close,
  };
}

interface Target {
  readonly id: string;
  readonly revision: number;
}

const idOf = ({ id, revision }: Target): Target => ({ id, revision });

/** What the clerk types where the page is silent; the letters of the demonstration say everything that is needed. */
const silentPage = { documentType: 'Công văn', notation: 'STP', agencyName: '', abstract: '', signerName: '' };

/** The demonstration's folder is thrown away, so its key needs no key store; the application reads this form too. */
const plainText = {
  isAvailable: () => false,
  encrypt: () => new Uint8Array(),
  decrypt: () => '',
};
