import type { TokenPinState } from '#shared/contract/control.ts';
import { RETURNED, TOKEN_FLAG } from './constants.ts';
import { DriverError } from './driver.ts';
import type { Driver } from './driver.ts';
import { readUlong, tokenInfoOffsets, ulongBytes } from './layout.ts';

/** A token that is in its slot now. */
export interface PresentToken {
  /** Of the driver's; another after the token was put in again. */
  readonly slot: number;
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  readonly pin: TokenPinState;
  /** The PIN is typed at the reader's own keys. */
  readonly ownKeys: boolean;
}

/** Some drivers number a slot for each reader they could have; none has more. */
const MAX_SLOTS = 256;

/** Tokens that a driver sees. @throws DriverError */
export function presentTokens(driver: Driver): PresentToken[] {
  const { layout } = driver;
  const count = ulongBytes(layout, 0);
  // Asked without room first: that is when drivers look for what was put in since.
  driver.call('C_GetSlotList', 1, null, count);
  const room = Math.min(MAX_SLOTS, readUlong(layout, count) ?? 0);
  if (room === 0) return [];
  const slots = Buffer.alloc(room * layout.ulong);
  const filled = ulongBytes(layout, room);
  driver.call('C_GetSlotList', 1, slots, filled);
  return Array.from({ length: Math.min(room, readUlong(layout, filled) ?? 0) }, (_, index) =>
    readUlong(layout, slots, index * layout.ulong),
  ).flatMap((slot) => (slot === null ? [] : readToken(driver, slot)));
}

/** None where it has just been pulled out, or cannot be recognised. */
function readToken(driver: Driver, slot: number): PresentToken[] {
  const offsets = tokenInfoOffsets(driver.layout);
  const info = Buffer.alloc(offsets.size);
  try {
    driver.call('C_GetTokenInfo', slot, info);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
  const text = ([start, end]: readonly [number, number]): string =>
    info.toString('utf8', start, end).replace(/[\0 ]+$/, '');
  const flags = readUlong(driver.layout, info, offsets.flags) ?? 0;
  return [
    {
      slot,
      label: text(offsets.label),
      manufacturer: text(offsets.manufacturer),
      model: text(offsets.model),
      serial: text(offsets.serial),
      pin: pinState(flags),
      ownKeys: (flags & TOKEN_FLAG.PROTECTED_AUTHENTICATION_PATH) !== 0,
    },
  ];
}

/** What a driver returns of a token that is not there, no longer there, or not one of its own. */
const gone: readonly number[] = [
  RETURNED.SLOT_ID_INVALID,
  RETURNED.DEVICE_REMOVED,
  RETURNED.TOKEN_NOT_PRESENT,
  RETURNED.TOKEN_NOT_RECOGNIZED,
];

export function isGone(error: unknown): boolean {
  return error instanceof DriverError && gone.includes(error.value);
}

function pinState(flags: number): TokenPinState {
  if ((flags & TOKEN_FLAG.USER_PIN_LOCKED) !== 0) return 'locked';
  if ((flags & TOKEN_FLAG.USER_PIN_FINAL_TRY) !== 0) return 'last-try';
  return (flags & TOKEN_FLAG.USER_PIN_COUNT_LOW) === 0 ? 'untouched' : 'tried';
}
