import { CodedError, isCodedError } from '#shared/errors/coded-error.ts';

/** What the file system, or SQLite over it, says of a place for backups, as a code that a person can act upon. */
export function placeError(error: unknown): unknown {
  if (isCodedError(error)) return error;
  const code = systemCode(error);
  const options = { retryable: true, cause: error };
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'EFBIG'].includes(code))
    return new CodedError('BACKUP_PLACE_FULL', {}, options);
  if (['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY'].includes(code))
    return new CodedError('BACKUP_PLACE_NOT_WRITABLE', { reason: code }, options);
  if (gone.has(code) || code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN'))
    return new CodedError('BACKUP_PLACE_GONE', { reason: code }, options);
  return error;
}

/** A stick that was pulled out, a share that is away: it depends on the system what it is called. */
const gone = new Set([
  'ENOENT',
  'ENOTDIR',
  'EIO',
  'ENODEV',
  'ENXIO',
  'ESTALE',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENOTCONN',
  'ETIMEDOUT',
  'EBUSY',
  'UNKNOWN',
]);

export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
