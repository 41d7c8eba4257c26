import { isBuiltin } from 'node:module';
import path from 'node:path';
import { areas, exceptions, packages, type Area } from './import-table.ts';
import type { ImportedModule } from './read-imports.ts';

/** Why `file` may not import this module, or undefined when it may. Paths are relative to the repository, with "/". */
export function forbidden(
  file: string,
  imported: ImportedModule,
  aliases: Readonly<Record<string, string>>,
): string | undefined {
  const area = areaOf(file);
  if (area === undefined) return isConfiguration(file) ? undefined : 'this folder has no row in the import table';
  const { specifier } = imported;
  if (isBuiltin(specifier)) return forbiddenBuiltin(area, specifier);
  const target = targetOf(file, specifier, aliases);
  return target === undefined ? forbiddenPackage(file, specifier) : forbiddenModule(file, area, target, imported);
}

function forbiddenBuiltin({ folder, node }: Area, specifier: string): string | undefined {
  const name = specifier.replace(/^node:/, '').split('/')[0] ?? '';
  const refused = node === 'none' || (node !== 'all' && node.allBut.includes(name));
  return refused ? `${folder} may not use Node's "${name}"` : undefined;
}

function forbiddenPackage(file: string, specifier: string): string | undefined {
  const name = packageOf(specifier);
  const allowed = packages[name];
  if (allowed === undefined || allowed.some((place) => isWithin(file, place))) return undefined;
  return `package "${name}" may be imported only in ${allowed.join(', ')}`;
}

/** The package that a specifier means, without the path inside it. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function forbiddenModule(file: string, area: Area, target: string, { typeOnly }: ImportedModule): string | undefined {
  const own = areaOf(target) === area;
  const extra = exceptions.filter(({ place }) => isWithin(file, place)).flatMap(({ mayImport }) => mayImport);
  const allowed = own || [...area.mayImport, ...extra].some((place) => isWithin(target, place));
  if (allowed) return undefined;
  if (area.mayImportTypesOf?.some((place) => isWithin(target, place)) === true) {
    return typeOnly ? undefined : `${area.folder} may import only types of ${target}`;
  }
  return `${area.folder} may not import ${target}`;
}

/** The repository path that a relative or "#alias/…" specifier means; undefined for a package. */
export function targetOf(
  file: string,
  specifier: string,
  aliases: Readonly<Record<string, string>>,
): string | undefined {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''));
  for (const [alias, folder] of Object.entries(aliases)) {
    const prefix = alias.replace('*', '');
    if (specifier.startsWith(prefix)) {
      return path.posix.join(folder.replace('*', ''), specifier.slice(prefix.length).replace(/\?.*$/, ''));
    }
  }
  return undefined;
}

function areaOf(file: string): Area | undefined {
  return areas.filter(({ folder }) => isWithin(file, folder)).toSorted((a, b) => b.folder.length - a.folder.length)[0];
}

export function isWithin(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

/** A tool's configuration file at the top of the repository. */
function isConfiguration(file: string): boolean {
  return !file.includes('/') && file.endsWith('.config.ts');
}
