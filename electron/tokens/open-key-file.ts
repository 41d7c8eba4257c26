import { readFile, stat } from 'node:fs/promises';
import type { KeyRef } from '#shared/contract/control.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { KeyFileError } from './key-file-error.ts';
import { identityOf } from './key-holders.ts';
import type { KeySession } from './key-session.ts';
import { openPkcs12 } from './pkcs12.ts';

/** A key file holds a few keys and certificates; anything of this size is something else. */
const MAX_KEY_FILE_BYTES = 1024 * 1024;

/** A PKCS#12 file as a key. @throws KeyFileError, CodedError P12_MISSING */
export async function openKeyFile(
  { path }: Extract<KeyRef, { kind: 'file' }>,
  password: string,
  at: Date,
): Promise<KeySession> {
  const opened = openPkcs12(await readKeyFile(path), password);
  const [first, ...others] = opened.holders(at);
  return {
    holders: [identityOf(first), ...others.map(identityOf)],
    has: (certificate) => opened.keyOf(certificate) !== undefined,
    sign: async (certificate, data) => {
      const key = opened.keyOf(certificate);
      if (!key) throw new CodedError('SIGN_KEY_MISMATCH');
      return await key.signData(data);
    },
    // Nothing is kept beside this object.
    close: () => undefined,
  };
}

/** Whatever keeps the file from being read, to the clerk it is not there: the stick is out, the share is gone. */
async function readKeyFile(file: string): Promise<Uint8Array> {
  try {
    const info = await stat(file);
    if (!info.isFile()) throw new CodedError('P12_MISSING');
    if (info.size > MAX_KEY_FILE_BYTES) throw new KeyFileError('P12_BROKEN');
    return await readFile(file);
  } catch (error) {
    if (error instanceof KeyFileError) throw error;
    throw new CodedError('P12_MISSING');
  }
}
