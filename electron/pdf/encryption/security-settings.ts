import { broken, PdfError } from '../pdf-error.ts';
import { isDict, isName, isString } from '../syntax/objects.ts';
import type { PdfDict } from '../syntax/objects.ts';

/** How data is encrypted: not at all, by RC4, or by AES in CBC mode behind its initialisation vector. */
export type CipherMethod = 'none' | 'rc4' | 'aes-128' | 'aes-256';

/** An /Encrypt dictionary of the standard security handler (ISO 32000-2, tables 20, 21 and 25), its values checked. */
export interface SecuritySettings {
  /** 2 to 4: keys by MD5 and RC4; 5 and 6: by SHA-2. */
  readonly revision: 2 | 3 | 4 | 5 | 6;
  /** Octets of the file's key. */
  readonly keyLength: number;
  readonly strings: CipherMethod;
  readonly streams: CipherMethod;
  /** What a stream's own /Crypt filter may name. */
  readonly filters: ReadonlyMap<string, CipherMethod>;
  readonly encryptsMetadata: boolean;
  /** /P as 32 bits. */
  readonly permissions: number;
  /** /O, /U, /OE, /UE, /Perms in the lengths that the revision has; the last three are empty before revision 5. */
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  readonly ownerKey: Uint8Array;
  readonly userKey: Uint8Array;
  readonly sealedPermissions: Uint8Array;
}

/** @throws PdfError PDF_BROKEN; PDF_ENCRYPTION_UNSUPPORTED for handlers of certificates and for algorithms not known here */
export function readSecuritySettings(dict: PdfDict): SecuritySettings {
  if (dict.ambiguous) throw broken('encryption: duplicate key');
  const handler = dict.entries.get('Filter');
  if (!isName(handler)) throw broken('encryption Filter');
  if (handler.name !== 'Standard') throw unsupported(handler.name);
  const version = integer(dict, 'V', 0);
  const revision = integer(dict, 'R');
  if (!isKnown(version, revision)) throw unsupported(`V ${version} R ${revision}`);
  const modern = revision >= 5;
  const text = (key: string, length: number): Uint8Array => {
    const value = dict.entries.get(key);
    // Some writers fill up to 127 octets with zeros.
    if (!isString(value) || value.bytes.length < length) throw broken(`encryption ${key}`);
    return value.bytes.subarray(0, length);
  };
  const none = new Uint8Array(0);
  return {
    revision,
    keyLength: keyLengthOf(dict, version),
    ...(version >= 4 ? namedMethods(dict, version) : { strings: 'rc4', streams: 'rc4', filters: new Map() }),
    encryptsMetadata: version < 4 || flag(dict, 'EncryptMetadata'),
    permissions: permissionsOf(dict),
    owner: text('O', modern ? 48 : 32),
    user: text('U', modern ? 48 : 32),
    ownerKey: modern ? text('OE', 32) : none,
    userKey: modern ? text('UE', 32) : none,
    sealedPermissions: modern ? text('Perms', 16) : none,
  };
}

function unsupported(what: string): PdfError {
  return new PdfError('PDF_ENCRYPTION_UNSUPPORTED', { what });
}

function isKnown(version: number, revision: number): revision is SecuritySettings['revision'] {
  if (version === 1 || version === 2) return revision === 2 || revision === 3;
  return version === 4 ? revision === 4 : version === 5 && (revision === 5 || revision === 6);
}

function integer(dict: PdfDict, key: string, absent?: number): number {
  const value = dict.entries.get(key) ?? absent;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw broken(`encryption ${key}`);
  return value;
}

function flag(dict: PdfDict, key: string): boolean {
  const value = dict.entries.get(key) ?? true;
  if (typeof value !== 'boolean') throw broken(`encryption ${key}`);
  return value;
}

function permissionsOf(dict: PdfDict): number {
  const value = integer(dict, 'P');
  // Signed by the standard; some writers print the same bits without a sign.
  if (value < -(2 ** 31) || value >= 2 ** 32) throw broken('encryption P');
  return value | 0;
}

function keyLengthOf(dict: PdfDict, version: number): number {
  if (version === 1) return 5;
  // Whatever /Length says: writers give it in bits, in octets, or leave it out.
  if (version >= 4) return version === 4 ? 16 : 32;
  const bits = integer(dict, 'Length', 40);
  if (bits < 40 || bits > 128 || bits % 8 !== 0) throw broken('encryption Length');
  return bits / 8;
}

function namedMethods(dict: PdfDict, version: number): Pick<SecuritySettings, 'strings' | 'streams' | 'filters'> {
  const filters = new Map<string, CipherMethod>();
  const listed = dict.entries.get('CF');
  if (listed !== undefined && (!isDict(listed) || listed.ambiguous)) throw broken('encryption CF');
  for (const [name, filter] of listed?.entries ?? []) {
    if (!isDict(filter) || filter.ambiguous) throw broken('encryption CF');
    filters.set(name, methodOf(filter, version));
  }
  filters.set('Identity', 'none');
  const named = (key: string): string => {
    const value = dict.entries.get(key);
    if (value !== undefined && !isName(value)) throw broken(`encryption ${key}`);
    return value?.name ?? 'Identity';
  };
  const find = (key: string): CipherMethod => {
    const method = filters.get(named(key));
    if (method === undefined) throw broken(`encryption ${key}`);
    return method;
  };
  // Attachments under a key of their own, the letter open beside them.
  if (dict.entries.has('EFF') && named('EFF') !== named('StmF')) throw unsupported('EFF');
  return { strings: find('StrF'), streams: find('StmF'), filters };
}

function methodOf(filter: PdfDict, version: number): CipherMethod {
  const method = filter.entries.get('CFM');
  if (method !== undefined && !isName(method)) throw broken('encryption CFM');
  if (version === 4 && method?.name === 'V2') return 'rc4';
  if (version === 4 && method?.name === 'AESV2') return 'aes-128';
  if (version === 5 && method?.name === 'AESV3') return 'aes-256';
  throw unsupported(`CFM ${method?.name ?? 'None'}`);
}
