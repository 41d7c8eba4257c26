import { randomUUID } from 'node:crypto';
import { readFileSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { faultAt, noLog } from '#entries/machine-ports.ts';
import { wireCore } from '#entries/wire-core.ts';
import { forkedReaderHost } from '#scripts/demo/forked-reader.ts';
import { inProcessSigner } from '#scripts/demo/in-process-signer.ts';
import type { OfficeControl, OfficeRequest } from './office-process.ts';
import { shiftClock } from './shifted-clock.ts';
import { repositoryRoot } from './test-office.ts';

// One office as a process of its own, that dies at the fault point it is given. Requests come as JSON lines
// {ask, name, input} with file paths for tokens, answers go back as JSON lines {ask, answer} as they are ready; secrets
// are kept in a file, as the operating system keeps them.
const [dataDir = '', firstFaultPoint = ''] = process.argv.slice(2);
let faultPoint = firstFaultPoint;
const secretsFile = join(dataDir, 'secrets.json');
const secrets = (): Record<string, string> =>
  existsSync(secretsFile) ? (JSON.parse(readFileSync(secretsFile, 'utf8')) as Record<string, string>) : {};
const tokens = new Map<string, string>();
const tell = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const resourcesDir = join(repositoryRoot, 'resources');
const { core, close } = wireCore({
  dataDir,
  resourcesDir,
  appVersion: 'test',
  signer: inProcessSigner,
  readerHost: forkedReaderHost(dataDir, resourcesDir),
  fetch: (url, init) => fetch(url, init),
  log: {
    ...noLog,
    error: (event, error) =>
      process.stderr.write(`${event}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
  },
  fault: (point) => faultAt(faultPoint)(point),
  shell: {
    resolveToken: (token) => {
      const path = tokens.get(token);
      return Promise.resolve(path === undefined ? null : { path, name: basename(path), size: statSync(path).size });
    },
    getSecret: (name) => Promise.resolve(secrets()[name] ?? null),
    setSecret: (name, value) => {
      writeFileSync(secretsFile, JSON.stringify({ ...secrets(), [name]: value }));
      return Promise.resolve();
    },
    machine: () => Promise.resolve(null),
    notify: () => undefined,
    callerChanged: () => undefined,
  },
});

/** `{"$file": path}` anywhere in an input stands for a token of that file. */
function withTokens(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  if ('$file' in input && typeof input.$file === 'string') {
    const token = randomUUID();
    tokens.set(token, input.$file);
    return token;
  }
  if (Array.isArray(input)) return input.map(withTokens);
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, withTokens(value)]));
}

/** What happens to the machine, or to its line, and is no call of a screen. */
function obey(control: OfficeControl): void {
  if (control.control === 'clock') shiftClock(control.offsetMs);
  else if (control.control === 'fault-point') faultPoint = control.name;
  else core.networkChanged();
}

await core.start();
tell({ ready: true });
let buffered = '';
process.stdin.on('data', (chunk: Buffer) => {
  buffered += chunk.toString();
  for (let end = buffered.indexOf('\n'); end >= 0; end = buffered.indexOf('\n')) {
    const line = JSON.parse(buffered.slice(0, end)) as OfficeRequest | OfficeControl;
    buffered = buffered.slice(end + 1);
    if ('control' in line) obey(line);
    else void core.call(line.name, withTokens(line.input)).then((answer) => tell({ ask: line.ask, answer }));
  }
});
process.stdin.on('end', () => void close());
