import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { replaceFolder } from '../lib/replace-folder.ts';
import { repositoryRoot, stageRoot } from '../lib/repository.ts';
import { mustRun } from '../lib/run-command.ts';

const installed = (name: string): string => path.join(repositoryRoot, 'node_modules', name);

/**
 * koffi and its binary for a platform (of x64), as folders to copy into node_modules. npm installs that of this machine
 * alone; another one is fetched from the registry once, and held against the lockfile.
 */
export async function koffiModules(platform: string = process.platform): Promise<Readonly<Record<string, string>>> {
  const binary = `@koromix/koffi-${platform}-x64`;
  const here = await access(installed(binary)).then(
    () => true,
    () => false,
  );
  return { koffi: installed('koffi'), [binary]: here ? installed(binary) : await fetchBinary(binary) };
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity: string } | undefined>>;
}

async function fetchBinary(name: string): Promise<string> {
  const { packages } = JSON.parse(await readFile(path.join(repositoryRoot, 'package-lock.json'), 'utf8')) as Lockfile;
  const locked = packages[`node_modules/${name}`];
  if (!locked) throw new Error(`${name} is not in package-lock.json`);
  await mkdir(stageRoot, { recursive: true });
  const work = await mkdtemp(path.join(stageRoot, '.fetch-'));
  try {
    const packed = await mustRun('npm', ['pack', '--silent', '--pack-destination', work, `${name}@${locked.version}`]);
    const tarball = path.join(work, packed.stdout.trim());
    const hash = createHash('sha512').update(await readFile(tarball));
    if (`sha512-${hash.digest('base64')}` !== locked.integrity) {
      throw new Error(`${name}@${locked.version} of the registry is not the one in package-lock.json`);
    }
    const folder = path.join(stageRoot, name.replace('@koromix/', ''));
    await replaceFolder(folder, async (fresh) => {
      await mustRun('tar', ['-xzf', tarball, '-C', fresh, '--strip-components=1']);
    });
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
