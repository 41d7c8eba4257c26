import { randomUUID } from 'node:crypto';
import { readFileSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { faultAt, noLog } from '#entries/machine-ports.ts';
import { wireCore } from '#entries/wire-core.ts';
import { forkedReaderHost } from '#scripts/demo/forked-reader.ts';
import { inProcessSigner } from '#scripts/demo/in-process-signer.ts';
import { repositoryRoot } from './test-office.ts';

// One office as a process of its own, that dies at the fault point it is given. Requests come as JSON lines
// {name, input} with file paths for tokens, answers go back as JSON lines in the same order; secrets are kept in a file,
// as the operating system keeps them.
const [dataDir = '', faultPoint = ''] = process.argv.slice(2);
const secretsFile = join(dataDir, 'secrets.json');
const secrets = (): Record<string, string> =>
  existsSync(secretsFile) ? (JSON.parse(readFileSync(secretsFile, 'utf8')) as Record<string, string>) : {};
const tokens = new Map<string, string>();

const resourcesDir = join(repositoryRoot, 'resources');
const { core, close } = wireCore({
  dataDir,
  resourcesDir,
  appVersion: 'test',
  signer: inProcessSigner,
  readerHost: forkedReaderHost(dataDir, resourcesDir),
  fetch: (url, init) => fetch(url, init),
  log: { ...noLog, error: (event, error) => process.stderr.write(`${event}: ${String(error)}\n`) },
  fault: faultAt(faultPoint === '' ? null : faultPoint),
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
    notify: () => undefined,
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

await core.start();
process.stdout.write('{"ready":true}\n');
let buffered = '';
process.stdin.on('data', (chunk: Buffer) => {
  buffered += chunk.toString();
  for (let end = buffered.indexOf('\n'); end >= 0; end = buffered.indexOf('\n')) {
    const { name, input } = JSON.parse(buffered.slice(0, end)) as { name: string; input: unknown };
    buffered = buffered.slice(end + 1);
    void core.call(name, withTokens(input)).then((answer) => process.stdout.write(`${JSON.stringify(answer)}\n`));
  }
});
process.stdin.on('end', () => void close());
