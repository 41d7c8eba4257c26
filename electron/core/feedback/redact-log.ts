import { callNames } from '#shared/contract/contract.ts';
import { errors } from '#shared/messages/errors.vi.ts';
import { LOG_EVENTS } from './log-events.ts';

/** A line of a log, of which only what is known to be harmless is left. */
export type SafeEntry = Readonly<Record<string, string | number | boolean | readonly string[]>>;

type Safe = SafeEntry[string];
/** The value when it is harmless, else null. */
type Check = (value: unknown) => Safe | null;

const LEVELS = ['info', 'warn', 'error'];
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Files of this program as they are bundled; where in them something broke says nothing of any document. */
const FRAME = /\b(?:core|main|reader|signing)\.js:\d{1,7}:\d{1,7}\b/g;
const MOST_FRAMES = 6;

/** What the operating system and SQLite call their failures. */
const SYSTEM_CODES = [
  'EACCES',
  'EBUSY',
  'EEXIST',
  'EIO',
  'EISDIR',
  'EMFILE',
  'ENOENT',
  'ENOSPC',
  'ENOTDIR',
  'ENOTEMPTY',
  'EPERM',
  'EROFS',
  'EXDEV',
  'SQLITE_BUSY',
  'SQLITE_CONSTRAINT',
  'SQLITE_CORRUPT',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'UNKNOWN',
];
const CODES: ReadonlySet<string> = new Set([...Object.keys(errors), ...SYSTEM_CODES]);
const KINDS: ReadonlySet<string> = new Set(['offline', 'retry-later', 'garbage', 'clock', 'refused', 'local']);
const CALLS: ReadonlySet<string> = new Set(callNames);
const ERROR_NAMES: ReadonlySet<string> = new Set([
  'AbortError',
  'CodedError',
  'Error',
  'RangeError',
  'ReferenceError',
  'SqliteError',
  'SyntaxError',
  'TypeError',
  'ZodError',
]);

const number: Check = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const truth: Check = (value) => (typeof value === 'boolean' ? value : null);
const id: Check = (value) => (typeof value === 'string' && UUID.test(value) ? value : null);
const oneOf =
  (known: ReadonlySet<string>): Check =>
  (value) =>
    typeof value === 'string' && known.has(value) ? value : null;

/** Fields that may be told, each with what it may hold. Every other field is left out, whatever stands in it. */
const FIELDS: ReadonlyMap<string, Check> = new Map([
  ...['code', 'reason', 'undeclared'].map((name) => [name, oneOf(CODES)] as const),
  ...['id', 'messageId', 'newId', 'correlationId'].map((name) => [name, id] as const),
  ...['ms', 'delayMs', 'bytes', 'attempt', 'schemaVersion', 'exitCode', 'restartIn'].map(
    (name) => [name, number] as const,
  ),
  ...['from', 'to', 'coming', 'position', 'last', 'messages'].map((name) => [name, number] as const),
  ['sameEpoch', truth],
  ['kind', oneOf(KINDS)],
  ['name', oneOf(CALLS)],
]);

/**
 * What may be told of log lines: known events with known fields, of which each holds what it should; of errors their name
 * and the places in this program. A line that is none of ours is left out.
 */
export function redactLog(process: 'core' | 'main', lines: readonly string[]): SafeEntry[] {
  return lines.flatMap((line) => {
    const parsed = parseLine(line);
    const safe = parsed === null ? null : redactLine(process, parsed);
    return safe === null ? [] : [safe];
  });
}

function redactLine(process: 'core' | 'main', line: Readonly<Record<string, unknown>>): SafeEntry | null {
  const { at, level, event } = line;
  if (typeof at !== 'string' || !INSTANT.test(at) || typeof level !== 'string' || !LEVELS.includes(level)) return null;
  if (typeof event !== 'string' || !LOG_EVENTS.has(event)) return null;
  const fields = Object.entries(line).flatMap(([name, value]): (readonly [string, Safe])[] => {
    const safe = FIELDS.get(name)?.(value) ?? null;
    return safe === null ? [] : [[name, safe]];
  });
  return { at, process, level, event, ...Object.fromEntries(fields), ...errorOf(line) };
}

/** Core logs an error as an object, main as a text with the stack beside it. */
function errorOf({ error, stack }: Readonly<Record<string, unknown>>): SafeEntry {
  const object = isRecord(error) ? error : { name: typeof error === 'string' ? error.split(':')[0] : null, stack };
  const name = oneOf(ERROR_NAMES)(object['name']);
  const frames = typeof object['stack'] === 'string' ? (object['stack'].match(FRAME) ?? []) : [];
  return {
    ...(name === null ? {} : { error: name }),
    ...(frames.length === 0 ? {} : { frames: frames.slice(0, MOST_FRAMES) }),
  };
}

function parseLine(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
