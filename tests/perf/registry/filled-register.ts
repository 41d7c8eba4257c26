import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { knownSchemaVersion } from '#data/backup/inspect-database.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { fillYears, type YearsFilled } from './fill-years.ts';

export const AGENCY = { code: 'H15.01', name: 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk' };
/** Raised when `fillYears` makes other documents. */
const FORM = 1;
const DATABASE = 'vanthu.db';

export interface FilledRegister extends YearsFilled {
  readonly dataDir: string;
  /** When the newest of its documents arrived. */
  readonly now: Date;
  remove(): Promise<void>;
}

/**
 * A data folder of its own with a register of `documents` documents. The register is filled once for each schema and kept in
 * `.cache/bench`: filling a million takes minutes, copying them seconds.
 */
export async function filledRegister(documents: number): Promise<FilledRegister> {
  const cache = path.join(repositoryRoot, '.cache', 'bench');
  const source = path.join(cache, `register-${documents}-schema${knownSchemaVersion}-form${FORM}`);
  await mkdir(cache, { recursive: true });
  const filled = (await readFilled(source)) ?? (await fill(source, documents));
  const dataDir = await mkdtemp(path.join(cache, 'run-'));
  await copyFile(path.join(source, DATABASE), path.join(dataDir, DATABASE), constants.COPYFILE_FICLONE);
  const remove = () => rm(dataDir, { recursive: true, force: true });
  return { ...filled.years, dataDir, now: new Date(filled.at), remove };
}

interface Filled {
  readonly at: string;
  readonly years: YearsFilled;
}

async function readFilled(source: string): Promise<Filled | null> {
  const text = await readFile(path.join(source, 'filled.json'), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as Filled);
}

async function fill(source: string, documents: number): Promise<Filled> {
  const partial = `${source}.partial`;
  await rm(partial, { recursive: true, force: true });
  const filled = { at: new Date().toISOString(), years: fillYears(partial, documents, AGENCY) };
  await writeFile(path.join(partial, 'filled.json'), JSON.stringify(filled));
  await rename(partial, source);
  return filled;
}
