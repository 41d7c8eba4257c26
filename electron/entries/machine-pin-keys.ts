import { randomBytes, scrypt } from 'node:crypto';
import type { PinKeys } from '#core/ports/pin-keys.ts';

const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** scrypt (RFC 7914) with N = 2^15, r = 8, p = 1: 32 MB, about a tenth of a second. The costs stand in the scheme, so that they can grow. */
export const machinePinKeys: PinKeys = {
  scheme: 'scrypt:32768:8:1',
  newSalt: () => randomBytes(SALT_BYTES),
  derive: (pin, salt, scheme) => {
    const [name, cost, blockSize, parallelization] = scheme.split(':');
    const [N, r, p] = [Number(cost), Number(blockSize), Number(parallelization)];
    if (name !== 'scrypt' || !Number.isSafeInteger(N * r * p) || N * r * p === 0)
      throw new Error(`unknown scheme ${scheme}`);
    return new Promise((resolve, reject) => {
      scrypt(pin, salt, KEY_BYTES, { N, r, p, maxmem: 2 * 128 * N * r }, (error, key) => {
        if (error === null) resolve(key);
        else reject(error);
      });
    });
  },
};
