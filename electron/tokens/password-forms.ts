import { inWindows1258, typedForms } from '#pdf/encryption/typed-password.ts';

/** What a typed password may have been when the file was made: the octets that each kind of derivation starts from. */
export interface PasswordForm {
  /** Of PKCS#12's own derivation (RFC 7292, B.1): UTF-16 in big-endian order, usually with a closing zero. */
  readonly wide: Uint8Array;
  /** Of PBKDF2 (RFC 8018, 3: UTF-8). */
  readonly narrow: Uint8Array;
}

/**
 * Every form of a typed password that programs are known to derive keys from, likeliest first and none twice. OpenSSL 1.0
 * took each octet of the terminal's encoding for a character; some files leave out the closing zero; no password is either nothing or the zero alone.
 */
export function passwordForms(typed: string): PasswordForm[] {
  if (typed === '') return [form(Uint8Array.of(0, 0), ''), form(new Uint8Array(0), '')];
  const texts = typedForms(typed);
  const octets = texts.map((text) => new Uint8Array(Buffer.from(text, 'utf8')));
  const terminal = inWindows1258(typed);
  const asCharacters = terminal ? [...octets, terminal] : octets;
  const forms = [
    ...texts.map((text) => form(wide(text), text)),
    ...asCharacters.map((bytes) => ({ wide: wide(Buffer.from(bytes).toString('latin1')), narrow: bytes })),
    ...texts.map((text) => form(wide(text).slice(0, -2), text)),
  ];
  const known = new Set<string>();
  return forms.filter((one) => {
    const name = `${Buffer.from(one.wide).toString('hex')}/${Buffer.from(one.narrow).toString('hex')}`;
    if (known.has(name)) return false;
    known.add(name);
    return true;
  });
}

function form(wideBytes: Uint8Array, text: string): PasswordForm {
  return { wide: wideBytes, narrow: new Uint8Array(Buffer.from(text, 'utf8')) };
}

function wide(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(`${text}\0`, 'utf16le').swap16());
}
