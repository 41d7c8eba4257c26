import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkImports, isSource } from '#scripts/check/check-imports.ts';
import { isWithin, packageOf } from '#scripts/check/import-rules.ts';
import { areas, exceptions, packages } from '#scripts/check/import-table.ts';
import { readImports } from '#scripts/check/read-imports.ts';
import { repositoryFiles } from '#scripts/check/repository-files.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'imports-'));
  const imports = { '#shared/*': './shared/*', '#core/*': './electron/core/*', '#data/*': './electron/data/*' };
  await writeFile(path.join(root, 'package.json'), JSON.stringify({ imports }));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function offencesOf(file: string, source: string): Promise<readonly string[]> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), source);
  return checkImports(root, [file]);
}

describe('imports that the table allows', () => {
  it.each([
    ['electron/core/books/reserve.ts', `import { fold } from '#shared/domain/fold.ts';`],
    ['electron/core/books/reserve.ts', `import type { Clock } from '../ports/system.ts';`],
    ['electron/data/queries/books.ts', `import type { Book } from '#core/books/book.ts';`],
    ['electron/data/queries/books.ts', `import { StoreError } from '#core/ports/store.ts';`],
    ['electron/data/connection/open.ts', `import Database from 'better-sqlite3';\nimport fs from 'node:fs';`],
    ['electron/entries/signing.ts', `import { openKey } from '../tokens/pkcs12.ts';`],
    [
      'electron/pdf/text.ts',
      `import { createHash } from 'node:crypto';\nimport type { PDFPageProxy } from 'pdfjs-dist';`,
    ],
    ['tests/support/letter.ts', `import { PDFDocument } from 'pdf-lib';`],
    ['electron/preload/preload.ts', `import { contextBridge } from 'electron';`],
    ['exchange/storage/store.ts', `import { schema } from '#shared/wire/api.ts';\nimport pg from 'pg';`],
    ['exchange/storage/store.ts', `import { sql } from 'kysely';`],
    ['exchange/use-cases/accept.ts', `import type { Database } from '../storage/database.ts';`],
    ['exchange/routes/inbox.ts', `import type { FastifyInstance } from 'fastify';`],
    ['renderer/main.tsx', `import { createRoot } from 'react-dom/client';\nconst a = <p>á</p>;`],
    ['tests/unit/a.test.ts', `import { book } from '#data/queries/books.ts';`],
  ])('%s: %s', async (file, source) => {
    expect(await offencesOf(file, source)).toEqual([]);
  });
});

describe('imports that the table forbids', () => {
  it.each([
    ['core reaching for the database', 'electron/core/books/a.ts', `import { q } from '#data/queries/books.ts';`],
    ['the same by a relative path', 'electron/core/books/a.ts', `import { q } from '../../data/queries/books.ts';`],
    ['only its types', 'electron/core/books/a.ts', `import type { Q } from '../../data/queries/books.ts';`],
    ['as an import type', 'electron/core/books/a.ts', `type Q = import('#data/queries/books.ts').Q;`],
    ['as a dynamic import', 'electron/core/books/a.ts', `const q = await import('#data/queries/books.ts');`],
    ['as a re-export', 'electron/core/books/a.ts', `export * from '#data/queries/books.ts';`],
    ['core using Node', 'electron/core/books/a.ts', `import { readFile } from 'node:fs/promises';`],
    ['core using Electron', 'electron/core/books/a.ts', `import { app } from 'electron';`],
    ['data using values of a use case', 'electron/data/a.ts', `import { rule } from '#core/books/rule.ts';`],
    ['pdf doing input and output', 'electron/pdf/a.ts', `import fs from 'fs';`],
    ['the product using a library of the tests', 'electron/pdf/a.ts', `import { PDFDocument } from 'pdf-lib';`],
    ['main using SQLite', 'electron/main/a.ts', `const sqlite = require('better-sqlite3');`],
    ['main using the core', 'electron/main/a.ts', `import { rule } from '#core/books/rule.ts';`],
    ['another entry using tokens', 'electron/entries/core.ts', `import { openKey } from '../tokens/pkcs12.ts';`],
    ['renderer using Electron', 'renderer/a.tsx', `import { ipcRenderer } from 'electron';`],
    ['renderer using the shell', 'renderer/a.tsx', `import { x } from '../electron/main/main.ts';`],
    ['shared using Node', 'shared/domain/a.ts', `import { createHash } from 'crypto';`],
    ['shared using the renderer', 'shared/domain/a.ts', `import { x } from '../../renderer/a.ts';`],
    ['the wire format outside network', 'renderer/a.ts', `import { s } from '#shared/wire/api.ts';`],
    ['the exchange using the core', 'exchange/routes/a.ts', `import { rule } from '#core/books/rule.ts';`],
    ['a route using the driver', 'exchange/routes/a.ts', `import pg from 'pg';`],
    ['a use case writing queries', 'exchange/use-cases/a.ts', `import { sql } from 'kysely';`],
    ['only types of queries', 'exchange/rules/a.ts', `import type { Kysely } from 'kysely';`],
    ['a use case opening the database', 'exchange/use-cases/a.ts', `import { o } from '../storage/database.ts';`],
    ['a rule using a store', 'exchange/rules/a.ts', `import type { S } from '../storage/inbox-store.ts';`],
    ['a rule reading files', 'exchange/rules/a.ts', `import fs from 'node:fs';`],
    ['a use case answering requests', 'exchange/use-cases/a.ts', `import type { F } from 'fastify';`],
    ['a store deciding', 'exchange/storage/a.ts', `import { r } from '../rules/receipt.ts';`],
    ['a room of the exchange nobody planned', 'exchange/api/a.ts', `import { z } from 'zod';`],
    ['a folder nobody planned', 'helpers/a.ts', `import { z } from 'zod';`],
  ])('%s', async (_what, file, source) => {
    const offences = await offencesOf(file, source);
    expect(offences).toHaveLength(1);
    expect(offences[0]).toMatch(new RegExp(`^${file}:1 `));
  });

  it('reports the line, the specifier and the reason', async () => {
    const source = `import { z } from 'zod';\n\nimport { q } from '#data/queries/books.ts';\n`;
    expect(await offencesOf('electron/core/a.ts', source)).toEqual([
      'electron/core/a.ts:3 "#data/queries/books.ts": electron/core may not import electron/data/queries/books.ts',
    ]);
  });

  it('does not pass a file that it cannot parse', async () => {
    await expect(offencesOf('shared/a.ts', 'import {')).rejects.toThrow('shared/a.ts');
  });
});

describe('the table itself', () => {
  const areaPlaces = areas.flatMap((area) => [area.folder, ...area.mayImport, ...(area.mayImportTypesOf ?? [])]);
  const exceptionPlaces = exceptions.flatMap(({ place, mayImport }) => [place, ...mayImport]);

  it('names only folders and files that exist', () => {
    const named = [...areaPlaces, ...exceptionPlaces, ...Object.values(packages).flat()];
    expect(named.filter((place) => !existsSync(path.join(repositoryRoot, place)))).toEqual([]);
  });

  it('gives each package only to places that import it', async () => {
    const sources = (await repositoryFiles(repositoryRoot)).filter(isSource);
    const importers = await Promise.all(
      sources.map(async (file) => {
        const imports = readImports(file, await readFile(path.join(repositoryRoot, file), 'utf8'));
        return { file, imported: new Set(imports.map(({ specifier }) => packageOf(specifier))) };
      }),
    );
    const idle = Object.entries(packages).flatMap(([name, places]) =>
      (places.length === 0 ? ['nowhere'] : places)
        .filter((place) => !importers.some(({ file, imported }) => imported.has(name) && isWithin(file, place)))
        .map((place) => `${name} in ${place}`),
    );
    expect(idle).toEqual([]);
  });
});
