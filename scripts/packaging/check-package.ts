import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { getRawHeader, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** How the fuses of a shipped application must stand; electron-builder.yml sets them. */
const fuses: Readonly<Partial<Record<FuseV1Options, boolean>>> = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
};

/** Reads the fuses back from the executable; one line for each that does not stand as it must. */
export async function checkFuses(executable: string): Promise<readonly string[]> {
  const wire = await getCurrentFuseWire(executable);
  return Object.entries(fuses).flatMap(([option, on]) => {
    const fuse = Number(option) as FuseV1Options;
    return wire[fuse] === (on ? FuseState.ENABLE : FuseState.DISABLE)
      ? []
      : [`fuse ${FuseV1Options[fuse]} is not ${on ? 'on' : 'off'}`];
  });
}

/** Holds the archive against what may be shipped; one line per offence. */
export async function checkArchive(resources: string): Promise<readonly string[]> {
  const archive = path.join(resources, 'app.asar');
  await access(archive);
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  const processes = [
    'main/main.js',
    'core/core.js',
    'core/checkpoint-thread.js',
    'keeper/keeper.js',
    'signing/signing.js',
    'reader/reader.js',
    'preload/preload.cjs',
  ];
  const needed = ['/package.json', ...processes.map((file) => `/dist/${file}`)];
  const natives = [/\/better-sqlite3\/.*\.node$/, /^\/node_modules\/@koromix\/koffi-\w+-x64\/\w+\/koffi\.node$/];
  const missing = [
    ...needed.filter((file) => !files.includes(file)),
    ...natives.filter((pattern) => !files.some((file) => pattern.test(file))),
  ].map((file) => `app.asar lacks ${String(file)}`);
  const unwanted = files
    .filter((file) => /\.(ts|tsx|map|c|cc|cpp|h|hh|S|asm|inc|lib)$|\/demo\/|\/tests?\//.test(file))
    .map((file) => `app.asar holds ${file}, which no user needs`);
  return [...missing, ...unwanted.slice(0, 5)];
}

/** SHA-256 (hex) of the archive's header: what Electron compares on Windows and macOS before it loads anything. */
export function archiveHeaderHash(archive: string): string {
  return createHash('sha256').update(getRawHeader(archive).headerString).digest('hex');
}
