import type { PinKeys } from '../ports/pin-keys.ts';
import type { PinRecord } from './people-store.ts';

/** What is kept of a new PIN, under a salt of its own. */
export async function pinRecordOf(keys: PinKeys, pin: string): Promise<PinRecord> {
  const { scheme } = keys;
  const salt = keys.newSalt();
  return { scheme, salt, derived: await keys.derive(pin, salt, scheme) };
}

export async function isPinOf(keys: PinKeys, { scheme, salt, derived }: PinRecord, pin: string): Promise<boolean> {
  return equal(await keys.derive(pin, salt, scheme), derived);
}

/** Without regard to where they differ, so that time tells nothing. */
function equal(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (const [at, byte] of one.entries()) difference |= byte ^ (other[at] ?? 0);
  return difference === 0;
}
