import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import forge from 'node-forge';
import { children, DerError, expectTag, readOid, readSmallInteger, TAG } from '#pdf/crypto/der.ts';
import type { DerNode } from '#pdf/crypto/der.ts';
import { KeyFileError } from './key-file-error.ts';
import type { PasswordForm } from './password-forms.ts';
import { derivePkcs12, PURPOSE } from './pkcs12-derivation.ts';

/** More rounds than any program asks for: a file that wants them wants the machine's time. */
const MAX_ROUNDS = 5_000_000;

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';

const prfDigests: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);

interface Cipher {
  readonly keyLength: number;
  readonly vectorLength: number;
  readonly decrypt: (key: Uint8Array, vector: Uint8Array, data: Uint8Array) => Uint8Array | undefined;
}

const aes = (bits: number): Cipher => ({
  keyLength: bits / 8,
  vectorLength: 16,
  decrypt: (key, vector, data) => {
    try {
      const decipher = createDecipheriv(`aes-${bits}-cbc`, key, vector);
      return Buffer.concat([decipher.update(data), decipher.final()]);
    } catch {
      // Wrong padding, or half a block: another key.
      return undefined;
    }
  },
});
interface OldDecipher {
  update(input: forge.util.ByteBuffer): unknown;
  finish(): boolean;
  readonly output: forge.util.ByteBuffer;
}
/** RC2 and 3DES are not in Electron's BoringSSL. */
const old = (keyLength: number, start: (key: string, vector: string) => OldDecipher): Cipher => ({
  keyLength,
  vectorLength: 8,
  decrypt: (key, vector, data) => {
    const decipher = start(binary(key), binary(vector));
    decipher.update(forge.util.createBuffer(binary(data)));
    return decipher.finish() ? Buffer.from(decipher.output.getBytes(), 'latin1') : undefined;
  },
});
const startDes = (key: string, vector: string): OldDecipher => {
  const decipher = forge.cipher.createDecipher('3DES-CBC', key);
  decipher.start({ iv: vector });
  return decipher;
};
const tripleDes = old(24, startDes);
/** Two keys: the first is used again as the third. */
const doubleDes = old(16, (key, vector) => startDes(key + key.slice(0, 8), vector));
const rc2 = (bits: number): Cipher =>
  old(bits / 8, (key, vector) => {
    const decipher = forge.rc2.createDecryptionCipher(key, bits);
    decipher.start(vector);
    return decipher;
  });

const ciphersOfPbes2: ReadonlyMap<string, Cipher> = new Map([
  ['2.16.840.1.101.3.4.1.2', aes(128)],
  ['2.16.840.1.101.3.4.1.22', aes(192)],
  ['2.16.840.1.101.3.4.1.42', aes(256)],
  ['1.2.840.113549.3.7', tripleDes],
]);
/** RFC 7292, appendix C. The two with RC4 are not known to be used. */
const ciphersOfPkcs12: ReadonlyMap<string, Cipher> = new Map([
  ['1.2.840.113549.1.12.1.3', tripleDes],
  ['1.2.840.113549.1.12.1.4', doubleDes],
  ['1.2.840.113549.1.12.1.5', rc2(128)],
  ['1.2.840.113549.1.12.1.6', rc2(40)],
]);

/**
 * Decrypts one part of a key file. A wrong key gives nothing, or by chance nonsense.
 * @param algorithm AlgorithmIdentifier of PBES2 (RFC 8018) or of PKCS#12 (RFC 7292, appendix C)
 * @throws KeyFileError P12_BROKEN for an algorithm that is not known, DerError
 */
export function decryptPart(algorithm: DerNode, data: Uint8Array, password: PasswordForm): Uint8Array | undefined {
  const [oidNode, parameters] = children(algorithm);
  const oid = readOid(oidNode);
  const fields = parameters ? children(parameters) : [];
  if (oid === PBES2) return decryptPbes2(fields, data, password.narrow);
  const cipher = ciphersOfPkcs12.get(oid);
  if (!cipher) throw new KeyFileError('P12_BROKEN');
  const salt = expectTag(fields[0], TAG.octetString).content;
  const derivation = { digest: 'sha1', salt, rounds: readRounds(fields[1]) };
  const key = derivePkcs12(derivation, password.wide, PURPOSE.key, cipher.keyLength);
  const vector = derivePkcs12(derivation, password.wide, PURPOSE.vector, cipher.vectorLength);
  return cipher.decrypt(key, vector, data);
}

function decryptPbes2(
  [derivation, scheme]: readonly DerNode[],
  data: Uint8Array,
  password: Uint8Array,
): Uint8Array | undefined {
  const [oid, parameters] = scheme ? children(scheme) : [];
  const cipher = ciphersOfPbes2.get(readOid(oid));
  if (!cipher || !derivation) throw new KeyFileError('P12_BROKEN');
  const vector = expectTag(parameters, TAG.octetString).content;
  if (vector.length !== cipher.vectorLength) throw new DerError('vector');
  return cipher.decrypt(derivePbkdf2(derivation, password, cipher.keyLength), vector, data);
}

/** @param derivation AlgorithmIdentifier of PBKDF2 (RFC 8018, A.2) */
export function derivePbkdf2(derivation: DerNode, password: Uint8Array, length: number): Uint8Array {
  const [oid, parameters] = children(derivation);
  if (readOid(oid) !== PBKDF2 || !parameters) throw new KeyFileError('P12_BROKEN');
  const [salt, rounds, ...more] = children(parameters);
  const prf = more.find((field) => field.tag === TAG.sequence);
  const digest = prf ? prfDigests.get(readOid(children(prf)[0])) : 'sha1';
  if (digest === undefined) throw new KeyFileError('P12_BROKEN');
  return pbkdf2Sync(password, expectTag(salt, TAG.octetString).content, readRounds(rounds), length, digest);
}

/** The digest of an HMAC's AlgorithmIdentifier, as PBMAC1 names it. */
export function digestOfHmac(algorithm: DerNode | undefined): string | undefined {
  return algorithm && prfDigests.get(readOid(children(algorithm)[0]));
}

/** @throws KeyFileError P12_BROKEN */
export function readRounds(node: DerNode | undefined): number {
  const rounds = readSmallInteger(node);
  if (rounds < 1 || rounds > MAX_ROUNDS) throw new KeyFileError('P12_BROKEN');
  return rounds;
}

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
