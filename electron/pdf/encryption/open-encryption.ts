import { PdfError } from '../pdf-error.ts';
import { FileCipher } from './file-cipher.ts';
import { openFileKey, permittedBits } from './file-key.ts';
import type { Encryption } from './find-encryption.ts';
import { readSecuritySettings } from './security-settings.ts';

/** The encryption of a file that was opened. */
export interface OpenEncryption extends Pick<Encryption, 'num' | 'identity'> {
  readonly cipher: FileCipher;
  /** Whether a new signature field may be added (ISO 32000-2, table 22). */
  readonly maySign: boolean;
  /** The password as pdf.js has to be given it. */
  readonly passwordForPdfjs: string;
}

/** "Modify", and "annotate", which together allow to add signature fields; signing one that is there is less. */
const NEEDED_BITS = (1 << 3) | (1 << 5);

/**
 * @param password empty for none
 * @throws PdfError PDF_ENCRYPTED when it takes a password, PDF_PASSWORD_WRONG, PDF_ENCRYPTION_UNSUPPORTED, PDF_BROKEN
 */
export function openEncryption({ dict, id, num, identity }: Encryption, password: string): OpenEncryption {
  const settings = readSecuritySettings(dict);
  const opened = openFileKey(settings, id, password);
  if (!opened) throw new PdfError(password === '' ? 'PDF_ENCRYPTED' : 'PDF_PASSWORD_WRONG');
  const { key, owner, forPdfjs } = opened;
  const maySign = owner || (permittedBits(settings, key) & NEEDED_BITS) === NEEDED_BITS;
  return { num, identity, cipher: new FileCipher(settings, key), maySign, passwordForPdfjs: forPdfjs };
}
