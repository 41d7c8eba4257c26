/**
 * Who may import whom: the table of docs/architecture.md, as data. An area is a folder; the longest matching folder is
 * the area of a file, so a room inside an area can have its own row.
 */
export interface Area {
  readonly folder: string;
  /** Folders (or files) whose modules may be imported. The area itself always may, unless it is a room of another. */
  readonly mayImport: readonly string[];
  /** Folders of which types alone may be imported (`import type`). */
  readonly mayImportTypesOf?: readonly string[];
  /** Node's built-in modules: `all`, `none`, or all but these. */
  readonly node: 'all' | 'none' | { readonly allBut: readonly string[] };
}

const anyShared = [
  'shared/calls',
  'shared/contract',
  'shared/domain',
  'shared/edxml',
  'shared/errors',
  'shared/messages',
  'shared/runtime.d.ts',
];
const corePorts = ['electron/core/ports'];

/** What a module that only turns bytes into bytes has no use for. */
const inputOutput = [
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'fs',
  'http',
  'http2',
  'https',
  'net',
  'tls',
  'worker_threads',
];

export const areas: readonly Area[] = [
  { folder: 'shared', mayImport: [], node: 'none' },
  { folder: 'electron/core', mayImport: anyShared, mayImportTypesOf: ['shared/wire'], node: 'none' },
  {
    folder: 'electron/data',
    mayImport: [...anyShared, ...corePorts],
    mayImportTypesOf: ['electron/core'],
    node: 'all',
  },
  {
    folder: 'electron/files',
    mayImport: [...anyShared, ...corePorts],
    mayImportTypesOf: ['electron/core'],
    node: 'all',
  },
  // Backup and restore: register and stored files together.
  {
    folder: 'electron/keep',
    mayImport: [...anyShared, ...corePorts, 'electron/data/backup', 'electron/data/connection', 'electron/files'],
    node: 'all',
  },
  {
    folder: 'electron/network',
    mayImport: [...anyShared, 'shared/wire', ...corePorts],
    mayImportTypesOf: ['electron/core'],
    node: 'all',
  },
  {
    folder: 'electron/pdf',
    mayImport: [...anyShared, ...corePorts],
    mayImportTypesOf: ['electron/core'],
    node: { allBut: inputOutput },
  },
  // Files for other programs: values in, bytes out.
  {
    folder: 'electron/office-files',
    mayImport: [...anyShared, ...corePorts],
    mayImportTypesOf: ['electron/core'],
    node: { allBut: inputOutput },
  },
  // What reads files from outside, in the process that may be killed.
  {
    folder: 'electron/reader',
    mayImport: [...anyShared, ...corePorts, 'electron/core/reading', 'electron/files', 'electron/pdf'],
    node: { allBut: ['child_process', 'cluster', 'dgram', 'dns', 'http', 'http2', 'https', 'net', 'tls'] },
  },
  {
    folder: 'electron/tokens',
    mayImport: [...anyShared, ...corePorts, 'electron/pdf'],
    mayImportTypesOf: ['electron/core'],
    node: 'all',
  },
  // Main writes and copies files as the file store does, and reads logs as core's diagnostics do.
  {
    folder: 'electron/main',
    // Of backups only what is files: a main that asks SQLite would freeze every window.
    mayImport: [
      ...anyShared,
      'electron/files/last-lines.ts',
      'electron/files/write-whole-file.ts',
      'electron/keep/backup-set.ts',
      'electron/keep/backup-settings.ts',
      'electron/keep/replaced-registers.ts',
    ],
    node: 'all',
  },
  { folder: 'electron/preload', mayImport: ['shared/contract'], node: 'none' },
  {
    folder: 'electron/entries',
    mayImport: [
      ...anyShared,
      'electron/core',
      'electron/data',
      'electron/files',
      'electron/keep',
      'electron/network',
      'electron/office-files',
      'electron/pdf',
      'electron/reader',
    ],
    node: 'all',
  },
  { folder: 'renderer', mayImport: anyShared, node: 'none' },
  ...exchangeRooms(),
  // Not shipped: what sets up, tries out and tests the rest.
  { folder: 'scripts', mayImport: ['shared', 'electron', 'exchange', 'tests/support', 'tests/fixtures'], node: 'all' },
  { folder: 'tests', mayImport: ['shared', 'electron', 'renderer', 'exchange', 'scripts'], node: 'all' },
];

/** HTTP, SQL and decisions of the exchange apart: only its entries know all of them. */
function exchangeRooms(): readonly Area[] {
  const wire = [...anyShared, 'shared/wire'];
  const mayImportTypesOf = ['exchange/storage', 'exchange/reading'];
  return [
    { folder: 'exchange/entries', mayImport: [...wire, 'exchange'], node: 'all' },
    {
      folder: 'exchange/routes',
      mayImport: [...wire, 'exchange/rules', 'exchange/use-cases', 'exchange/storage/database-unavailable.ts'],
      mayImportTypesOf: [...mayImportTypesOf, 'exchange/gateways'],
      node: 'all',
    },
    {
      folder: 'exchange/use-cases',
      mayImport: [...wire, 'exchange/rules', 'exchange/reading'],
      mayImportTypesOf,
      node: 'all',
    },
    { folder: 'exchange/reading', mayImport: anyShared, node: 'all' },
    // Who is told when: alarms, messages and their reports.
    {
      folder: 'exchange/notices',
      mayImport: [...wire, 'exchange/rules', 'exchange/use-cases'],
      mayImportTypesOf: ['exchange/storage', 'exchange/gateways'],
      node: 'all',
    },
    // What leaves the exchange for people: SMS, Zalo, e-mail. It neither decides nor remembers.
    { folder: 'exchange/gateways', mayImport: anyShared, mayImportTypesOf: ['exchange/rules'], node: 'all' },
    { folder: 'exchange/rules', mayImport: wire, node: { allBut: inputOutput } },
    { folder: 'exchange/storage', mayImport: wire, mayImportTypesOf: ['exchange/rules'], node: 'all' },
  ];
}

/** Files or folders of an area that may import more than the area may. */
export const exceptions: readonly { readonly place: string; readonly mayImport: readonly string[] }[] = [
  { place: 'electron/entries/signing.ts', mayImport: ['electron/tokens'] },
  { place: 'electron/entries/cli.ts', mayImport: ['electron/tokens', 'shared/wire'] },
  { place: 'electron/entries/cli', mayImport: ['electron/tokens', 'shared/wire'] },
  { place: 'scripts/bench.ts', mayImport: ['tests/perf'] },
];

/** Packages that only some folders or files may import. Every other installed package may be imported anywhere. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  electron: ['electron/main', 'electron/preload', 'electron/entries', 'scripts/stage/launcher.mjs'],
  'better-sqlite3': ['electron/data', 'tests'],
  'pdf-lib': ['electron/office-files', 'tests'],
  fontkit: ['electron/office-files'],
  docx: ['electron/office-files'],
  'write-excel-file': ['electron/office-files'],
  'postal-mime': ['electron/reader'],
  // Another's reader of what we write.
  '@e965/xlsx': ['tests'],
  // Another's writer of what we read.
  cfb: ['tests'],
  'node-forge': ['electron/tokens', 'tests/support'],
  '@noble/curves': ['electron/pdf'],
  '@noble/hashes': ['electron/pdf'],
  // Calls drivers of tokens, in the signing process alone.
  koffi: ['electron/tokens'],
  'pdfjs-dist': ['electron/pdf', 'renderer'],
  react: ['renderer'],
  'react-dom': ['renderer', 'tests'],
  // Behind names of our own, so that screens know what a control does and not who made it.
  'react-aria-components': ['renderer/components'],
  'react-i18next': ['renderer', 'tests'],
  '@tanstack/react-query': ['renderer', 'tests'],
  '@tanstack/react-virtual': ['renderer'],
  'electron-store': ['electron/main'],
  pg: ['exchange/storage', 'tests'],
  kysely: ['exchange/storage'],
  'ical-generator': ['electron/core/incoming'],
  '@date-fns/tz': ['electron/core/incoming'],
  // Reads the calendars that the other one writes.
  'ical.js': ['tests'],
  'd3-scale': ['renderer/features/oversight'],
  'd3-shape': ['renderer/features/oversight'],
  fastify: ['exchange/routes'],
  // Another's SMPP, for our own to be tested against.
  smpp: ['tests'],
  nodemailer: ['exchange/gateways'],
  'smtp-server': ['tests/support'],
  jose: ['shared/wire', 'electron/network', 'exchange/rules'],
  vite: ['scripts'],
  vitest: ['tests', 'vitest.config.ts'],
  '@playwright/test': ['tests', 'scripts', 'playwright.config.ts'],
};
