import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { forbidden } from './import-rules.ts';
import { readImports } from './read-imports.ts';

/**
 * Holds every source file among `files` (relative to `root`) against the import table and returns one line per offence:
 * `file:line specifier: reason`.
 */
export async function checkImports(root: string, files: readonly string[]): Promise<readonly string[]> {
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    imports?: Record<string, string>;
  };
  const aliases = manifest.imports ?? {};
  const sources = files.filter(isSource);
  const offences = await Promise.all(
    sources.map(async (file) => {
      const imports = readImports(file, await readFile(path.join(root, file), 'utf8'));
      return imports.flatMap((imported) => {
        const reason = forbidden(file, imported, aliases);
        return reason === undefined ? [] : [`${file}:${imported.line} "${imported.specifier}": ${reason}`];
      });
    }),
  );
  return offences.flat();
}

export function isSource(file: string): boolean {
  return /\.(ts|tsx|mjs|js|cjs)$/.test(file) && !file.endsWith('.d.ts');
}
