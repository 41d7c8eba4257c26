import { createHash } from 'node:crypto';

/**
 * The digest of the digest … of `data`, `rounds` times, as PKCS#12 derives keys (RFC 7292, B.2). Firefox and NSS ask for
 * 600,000 rounds, and a call into node:crypto costs several times what the digest itself does; so all rounds but the
 * first, whose input is one block, are done here for the two digests that key files use.
 * @param digest a name of node:crypto
 */
export function iteratedHash(digest: string, data: Uint8Array, rounds: number): Uint8Array {
  const first = createHash(digest).update(data).digest();
  const compress = oneBlock.get(digest);
  if (!compress) {
    let last = first;
    for (let round = 1; round < rounds; round += 1) last = createHash(digest).update(last).digest();
    return last;
  }
  const state = Uint32Array.from({ length: first.length / 4 }, (_, index) => first.readUInt32BE(index * 4));
  compress(state, rounds - 1);
  const result = Buffer.alloc(first.length);
  state.forEach((word, index) => result.writeUInt32BE(word, index * 4));
  return result;
}

/** Replaces `state` by the digest of its own octets, so many times. */
type OneBlock = (state: Uint32Array, rounds: number) => void;

const oneBlock: ReadonlyMap<string, OneBlock> = new Map([
  ['sha1', sha1OfDigests],
  ['sha256', sha256OfDigests],
]);

/** The first 32 bits of the fractional parts of the cube (constants) or square roots (start) of primes (FIPS 180-4, 4.2.2, 5.3.3). */
function fractions(count: number, root: (prime: number) => number): Uint32Array {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return Uint32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
}

const SHA256_CONSTANTS = fractions(64, Math.cbrt);
const SHA256_START = fractions(8, Math.sqrt);

/** FIPS 180-4, 6.2, for messages of 32 octets: one block, padded to 256 bits of length. */
function sha256OfDigests(state: Uint32Array, rounds: number): void {
  const w = new Int32Array(64);
  const k = Int32Array.from(SHA256_CONSTANTS);
  const start = Int32Array.from(SHA256_START);
  const [h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0] = start;
  for (let round = 0; round < rounds; round += 1) {
    w.set(state);
    w.fill(0, 8, 16);
    w[8] = 0x80000000;
    w[15] = 256;
    for (let t = 16; t < 64; t += 1) {
      const x = w[t - 15] ?? 0;
      const y = w[t - 2] ?? 0;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[t] = (s1 + (w[t - 7] ?? 0) + s0 + (w[t - 16] ?? 0)) | 0;
    }
    let [a, b, c, d, e, f, g, h] = [h0, h1, h2, h3, h4, h5, h6, h7];
    for (let t = 0; t < 64; t += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (k[t] ?? 0) + (w[t] ?? 0)) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0] = h0 + a;
    state[1] = h1 + b;
    state[2] = h2 + c;
    state[3] = h3 + d;
    state[4] = h4 + e;
    state[5] = h5 + f;
    state[6] = h6 + g;
    state[7] = h7 + h;
  }
}

/** FIPS 180-4, 6.1, for messages of 20 octets. */
function sha1OfDigests(state: Uint32Array, rounds: number): void {
  const w = new Int32Array(80);
  const [h0, h1, h2, h3, h4] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let round = 0; round < rounds; round += 1) {
    w.set(state);
    w.fill(0, 5, 16);
    w[5] = 0x80000000;
    w[15] = 160;
    for (let t = 16; t < 80; t += 1) {
      const x = (w[t - 3] ?? 0) ^ (w[t - 8] ?? 0) ^ (w[t - 14] ?? 0) ^ (w[t - 16] ?? 0);
      w[t] = (x << 1) | (x >>> 31);
    }
    let [a, b, c, d, e] = [h0 | 0, h1 | 0, h2 | 0, h3 | 0, h4 | 0];
    for (let t = 0; t < 80; t += 1) {
      let mixed: number;
      if (t < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999;
      else if (t < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
      else if (t < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
      else mixed = (b ^ c ^ d) + 0xca62c1d6;
      const next = (((a << 5) | (a >>> 27)) + mixed + e + (w[t] ?? 0)) | 0;
      e = d;
      d = c;
      c = (b << 30) | (b >>> 2);
      b = a;
      a = next;
    }
    state[0] = h0 + a;
    state[1] = h1 + b;
    state[2] = h2 + c;
    state[3] = h3 + d;
    state[4] = h4 + e;
  }
}
