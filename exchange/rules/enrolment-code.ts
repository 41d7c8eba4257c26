import { createHash, randomBytes } from 'node:crypto';
import { ExchangeError } from './exchange-error.ts';

/** How long a code may be used unless its issuer says otherwise. */
export const CODE_LIFE_HOURS = 72;

/** Crockford's alphabet: no I, L, O, U, so that a code can be read out and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What is known of a code that a workstation sent. */
export interface KnownCode {
  readonly expired: boolean;
  /** Who used it. */
  readonly workstation: { readonly id: string; readonly keyThumbprint: string } | null;
}

/** A new code: five groups of five letters and digits (125 bits). */
export function makeEnrolmentCode(): string {
  const letters = Array.from(randomBytes(25), (byte) => ALPHABET[byte & 31]).join('');
  return letters.replace(/.{5}(?=.)/g, '$&-');
}

/** SHA-256 of a code as typed: case, spaces and dashes do not matter; O is 0, I and L are 1. */
export function hashEnrolmentCode(code: string): Buffer {
  const letters = code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return createHash('sha256').update(letters).digest();
}

/**
 * The workstation that enrolled with this code and this key before (its answer was lost); null when the code is free.
 * @throws ExchangeError ENROL_CODE_USED by another key, ENROL_CODE_EXPIRED
 */
export function earlierWorkstation(code: KnownCode, keyThumbprint: string): string | null {
  if (code.workstation !== null) {
    if (code.workstation.keyThumbprint !== keyThumbprint) throw new ExchangeError('ENROL_CODE_USED');
    return code.workstation.id;
  }
  if (code.expired) throw new ExchangeError('ENROL_CODE_EXPIRED');
  return null;
}
