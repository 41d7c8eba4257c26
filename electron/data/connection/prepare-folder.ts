import { mkdirSync } from 'node:fs';
import { CodedError } from '#shared/errors/coded-error.ts';

/** Makes the data folder if it is not there. @throws CodedError FOLDER_NOT_WRITABLE, DISK_FULL */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new CodedError('DISK_FULL', {}, { cause });
    throw new CodedError('FOLDER_NOT_WRITABLE', { folder }, { cause });
  }
}
