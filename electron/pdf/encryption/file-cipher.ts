import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { broken } from '../pdf-error.ts';
import type { Budget } from '../syntax/budget.ts';
import { isArray, isDict, isName, isNamed, isStream } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../syntax/objects.ts';
import { mapStrings } from './map-strings.ts';
import { rc4 } from './rc4.ts';
import type { CipherMethod, SecuritySettings } from './security-settings.ts';

const BLOCK = 16;

/** Encrypts and decrypts the strings and streams of indirect objects with the file's key (ISO 32000-2, 7.6.3). */
export class FileCipher {
  readonly #settings: SecuritySettings;
  readonly #key: Uint8Array;

  constructor(settings: SecuritySettings, key: Uint8Array) {
    this.#settings = settings;
    this.#key = key;
  }

  /** An object as it stands in the file; its strings and data are decrypted when they are asked for first. */
  open(value: PdfObject, { num, gen }: PdfRef, budget: Budget): PdfObject {
    const owner = `${num} ${gen}`;
    const { strings, streams } = this.#settings;
    const decrypt = (method: CipherMethod, bytes: Uint8Array): Uint8Array => {
      budget.spendInflated(bytes.length);
      return decrypted(method, this.#keyFor(method, num, gen), bytes);
    };
    const opened =
      strings === 'none'
        ? value
        : mapStrings(value, ({ bytes, hex }) => {
            let plain: Uint8Array | undefined;
            const sealed = { bytes, owner, exempt: false };
            return {
              kind: 'string',
              hex,
              sealed,
              get bytes() {
                return (plain ??= decrypt(strings, bytes));
              },
            };
          });
    if (!isStream(opened)) return opened;
    const { dict, raw } = opened;
    const method = this.#methodOf(dict);
    const sealed = { bytes: raw, owner, exempt: method !== streams };
    let plain: Uint8Array | undefined;
    return {
      kind: 'stream',
      dict,
      sealed,
      get raw() {
        return (plain ??= decrypt(method, raw));
      },
    };
  }

  /** An object to be written under this number. */
  seal(value: PdfObject, { num, gen }: PdfRef): PdfObject {
    const { strings } = this.#settings;
    const encrypt = (method: CipherMethod, bytes: Uint8Array): Uint8Array =>
      encrypted(method, this.#keyFor(method, num, gen), bytes);
    const sealed =
      strings === 'none'
        ? value
        : mapStrings(value, ({ bytes }) => ({ kind: 'string', bytes: encrypt(strings, bytes), hex: true }));
    if (!isStream(sealed)) return sealed;
    return { kind: 'stream', dict: sealed.dict, raw: encrypt(this.#methodOf(sealed.dict), sealed.raw) };
  }

  /** A stream may name its own filter, and metadata may stay legible to catalogues. */
  #methodOf(dict: PdfDict): CipherMethod {
    const { streams, filters, encryptsMetadata } = this.#settings;
    const [filter, parameters] = ['Filter', 'DecodeParms'].map((key) => {
      const value = dict.entries.get(key);
      return isArray(value) ? value[0] : value;
    });
    if (isNamed(filter, 'Crypt')) {
      const name = isDict(parameters) ? (parameters.entries.get('Name') ?? null) : null;
      const method = filters.get(isName(name) ? name.name : 'Identity');
      if (method === undefined) throw broken('crypt filter');
      return method;
    }
    return !encryptsMetadata && isNamed(dict.entries.get('Type'), 'Metadata') ? 'none' : streams;
  }

  /** Algorithms 1 and 1.A: a key of its own for each object, but for AES-256. */
  #keyFor(method: CipherMethod, num: number, gen: number): Uint8Array {
    if (method === 'none' || method === 'aes-256') return this.#key;
    const more = Buffer.from([num & 255, (num >> 8) & 255, (num >> 16) & 255, gen & 255, (gen >> 8) & 255]);
    const digest = createHash('md5').update(this.#key).update(more);
    if (method === 'aes-128') digest.update('sAlT');
    return digest.digest().subarray(0, Math.min(this.#key.length + 5, 16));
  }
}

function decrypted(method: CipherMethod, key: Uint8Array, data: Uint8Array): Uint8Array {
  if (method === 'none') return data;
  if (method === 'rc4') return rc4(key, data);
  // Some writers leave an empty value empty, others write the vector alone.
  if (data.length === 0 || data.length === BLOCK) return new Uint8Array(0);
  try {
    const cipher = createDecipheriv(`${method}-cbc`, key, data.subarray(0, BLOCK));
    return Buffer.concat([cipher.update(data.subarray(BLOCK)), cipher.final()]);
  } catch {
    throw broken('encrypted data');
  }
}

function encrypted(method: CipherMethod, key: Uint8Array, data: Uint8Array): Uint8Array {
  if (method === 'none') return data;
  if (method === 'rc4') return rc4(key, data);
  const vector = randomBytes(BLOCK);
  const cipher = createCipheriv(`${method}-cbc`, key, vector);
  return Buffer.concat([vector, cipher.update(data), cipher.final()]);
}
