import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { rc4 } from './rc4.ts';
import type { SecuritySettings } from './security-settings.ts';
import { inWindows1258, typedForms } from './typed-password.ts';

/** What a password opened. */
export interface FileKey {
  readonly key: Uint8Array;
  /** By the owner's password, or by one that is both: everything is allowed. */
  readonly owner: boolean;
  /** The password as pdf.js has to be given it: the text, or before revision 5 characters of its octets. */
  readonly forPdfjs: string;
}

interface Form {
  readonly octets: Uint8Array;
  readonly forPdfjs: string;
}

/** ISO 32000-2, 7.6.4.3.2, algorithm 2, step a. */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const LONGEST_PASSWORD = 127;
const PASSWORD_CODES = '•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž';

/**
 * The file's key by `password` in any of the forms that programs make of it, else by the empty one: who misses the owner's
 * password has no more rights than everybody. Undefined when neither opens the file.
 * @param id the first half of the trailer's /ID
 */
export function openFileKey(settings: SecuritySettings, id: Uint8Array, password: string): FileKey | undefined {
  const modern = settings.revision >= 5;
  const open = modern ? byHash : byCipher;
  const forms = password === '' ? [] : modern ? unicodeForms(password) : legacyForms(password);
  for (const form of [...forms, { octets: new Uint8Array(0), forPdfjs: '' }]) {
    const found = open(settings, form, id);
    if (found) return found;
  }
  return undefined;
}

/** RFC 3454, tables B.1 and C.1.2. */
const dropped = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|[\u200b-\u200d]|\u2060|[\ufe00-\ufe0f]|\ufeff/g;
const spaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * UTF-8 after SASLprep (ISO 32000-2, 7.6.4.3.3; RFC 4013), which composes by NFKC; then as typed and as keyboards compose,
 * because many programs prepare nothing.
 */
function unicodeForms(password: string): Form[] {
  const prepared = password.replaceAll(dropped, '').replaceAll(spaces, ' ').normalize('NFKC');
  return [...new Set([prepared, ...typedForms(password)])].map((text) => ({
    octets: new Uint8Array(Buffer.from(text, 'utf8').subarray(0, LONGEST_PASSWORD)),
    forPdfjs: text,
  }));
}

/** PDFDocEncoding where it has the letters (ISO 32000-2, 7.6.4.3.2), else what the maker's system wrote for them. */
function legacyForms(password: string): Form[] {
  const all = [
    inPdfEncoding(password.normalize('NFC')),
    ...typedForms(password).map((text) => new Uint8Array(Buffer.from(text, 'utf8'))),
    inWindows1258(password),
  ];
  const known = new Map(all.flatMap((octets) => (octets ? [[latin1(octets), octets] as const] : [])));
  return [...known].map(([forPdfjs, octets]) => ({ octets, forPdfjs }));
}

function inPdfEncoding(text: string): Uint8Array | undefined {
  const octets = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '€') return 0xa0;
    const special = PASSWORD_CODES.indexOf(character);
    return special >= 0 ? 0x80 + special : code < 0x80 || (code > 0xa0 && code < 0x100) ? code : -1;
  });
  return octets.includes(-1) ? undefined : Uint8Array.from(octets);
}

const latin1 = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');

const md5 = (...parts: readonly Uint8Array[]): Buffer => hash('md5', parts);

function hash(name: string, parts: readonly Uint8Array[]): Buffer {
  const digest = createHash(name);
  for (const part of parts) digest.update(part);
  return digest.digest();
}

const padded = (octets: Uint8Array): Uint8Array => Buffer.concat([octets, PADDING]).subarray(0, 32);

/** Revisions 2 to 4: algorithms 2, 4 to 7. */
function byCipher(settings: SecuritySettings, { octets, forPdfjs }: Form, id: Uint8Array): FileKey | undefined {
  const asUser = userKey(settings, padded(ownersUser(settings, octets)), id);
  if (asUser) return { key: asUser, owner: true, forPdfjs };
  const key = userKey(settings, padded(octets), id);
  return key && { key, owner: false, forPdfjs };
}

/** Algorithm 7: what the owner's password makes of /O is the user's password. */
function ownersUser({ revision, keyLength, owner }: SecuritySettings, octets: Uint8Array): Uint8Array {
  let digest = md5(padded(octets));
  if (revision === 2) return rc4(digest.subarray(0, 5), owner);
  for (let i = 0; i < 50; i += 1) digest = md5(digest);
  const key = digest.subarray(0, keyLength);
  let data = owner;
  for (let i = 19; i >= 0; i -= 1) data = rc4(xored(key, i), data);
  return data;
}

const xored = (key: Uint8Array, value: number): Uint8Array => key.map((octet) => octet ^ value);

/** Algorithms 2 and 6. */
function userKey(settings: SecuritySettings, password: Uint8Array, id: Uint8Array): Uint8Array | undefined {
  const { revision, keyLength, owner, user, permissions } = settings;
  const bits = Buffer.alloc(4);
  bits.writeInt32LE(permissions);
  const clear = revision >= 4 && !settings.encryptsMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
  let digest = md5(password, owner, bits, id, clear);
  if (revision === 2) {
    const key = digest.subarray(0, 5);
    return rc4(key, PADDING).every((octet, i) => octet === user[i]) ? key : undefined;
  }
  for (let i = 0; i < 50; i += 1) digest = md5(digest.subarray(0, keyLength));
  const key = digest.subarray(0, keyLength);
  let check: Uint8Array = md5(PADDING, id);
  for (let i = 0; i < 20; i += 1) check = rc4(xored(key, i), check);
  return check.every((octet, i) => octet === user[i]) ? key : undefined;
}

/** Revisions 5 and 6: algorithm 2.A. */
function byHash(settings: SecuritySettings, { octets, forPdfjs }: Form): FileKey | undefined {
  const { revision, owner, user, ownerKey, userKey: userKeyEntry } = settings;
  const digest = revision === 5 ? simpleHash : hardenedHash;
  const none = new Uint8Array(0);
  for (const [entry, sealed, more] of [
    [owner, ownerKey, user],
    [user, userKeyEntry, none],
  ] as const) {
    if (!digest(octets, entry.subarray(32, 40), more).equals(entry.subarray(0, 32))) continue;
    const key = decryptBlocks('aes-256-cbc', digest(octets, entry.subarray(40, 48), more), sealed);
    return { key, owner: entry === owner, forPdfjs };
  }
  return undefined;
}

const simpleHash = (password: Uint8Array, salt: Uint8Array, user: Uint8Array): Buffer =>
  hash('sha256', [password, salt, user]);

/** Algorithm 2.B. */
function hardenedHash(password: Uint8Array, salt: Uint8Array, user: Uint8Array): Buffer {
  let key = simpleHash(password, salt, user);
  for (let round = 1; ; round += 1) {
    const one = Buffer.concat([password, key, user]);
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const all = cipher.update(Buffer.alloc(one.length * 64, one));
    // 256 is 1 modulo 3, so that the number's remainder is that of the sum of its octets.
    const remainder = all.subarray(0, 16).reduce((sum, octet) => sum + octet, 0) % 3;
    key = hash(['sha256', 'sha384', 'sha512'][remainder] ?? '', [all]);
    if (round >= 64 && (all.at(-1) ?? 0) <= round - 32) return key.subarray(0, 32);
  }
}

function decryptBlocks(algorithm: string, key: Uint8Array, data: Uint8Array): Uint8Array {
  return createDecipheriv(algorithm, key, Buffer.alloc(16)).setAutoPadding(false).update(data);
}

/**
 * What whoever has not the owner's password may do: the bits of /P; none at all where /Perms, which only the key can have
 * written, says something else (algorithm 13).
 */
export function permittedBits({ revision, permissions, sealedPermissions }: SecuritySettings, key: Uint8Array): number {
  if (revision < 5) return permissions;
  const plain = Buffer.from(decryptBlocks('aes-256-cbc', key, sealedPermissions));
  return plain.toString('latin1', 9, 12) === 'adb' && plain.readInt32LE(0) === permissions ? permissions : 0;
}
