/** What a typed password may have been when the file was made: the octets that each kind of derivation starts from. */
export interface PasswordForm {
  /** Of PKCS#12's own derivation (RFC 7292, B.1): UTF-16 in big-endian order, usually with a closing zero. */
  readonly wide: Uint8Array;
  /** Of PBKDF2 (RFC 8018, 3: UTF-8). */
  readonly narrow: Uint8Array;
}

const TONES = '\u0300\u0301\u0303\u0309\u0323';

/**
 * Every form of a typed password that programs are known to derive keys from, likeliest first and none twice. Keyboards
 * give "ậ" as one character, as three, or (Windows' own Vietnamese keyboard) as "â" and a tone; OpenSSL 1.0 took each octet
 * of the terminal's encoding for a character; some files leave out the closing zero; no password is either nothing or the zero alone.
 */
export function passwordForms(typed: string): PasswordForm[] {
  if (typed === '') return [form(Uint8Array.of(0, 0), ''), form(new Uint8Array(0), '')];
  const texts = [typed, typed.normalize('NFC'), typed.normalize('NFD'), tonesApart(typed)];
  const octets = texts.map((text) => new Uint8Array(Buffer.from(text, 'utf8')));
  const terminal = inWindows1258(tonesApart(typed));
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

/** Vowels with their circumflex, breve or horn as one character, the tone after them: code page 1258. */
function tonesApart(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(new RegExp(`([${TONES}])([\\u0302\\u0306\\u031b])`, 'gu'), '$2$1')
    .replaceAll(/\p{L}[\u0302\u0306\u031b]?/gu, (vowel) => vowel.normalize('NFC'));
}

/** Characters of code page 1258 that are not those of ISO 8859-1 at the same place. */
const windows1258: ReadonlyMap<string, number> = new Map([
  ['Ă', 0xc3],
  ['ă', 0xe3],
  ['Đ', 0xd0],
  ['đ', 0xf0],
  ['Ơ', 0xd5],
  ['ơ', 0xf5],
  ['Ư', 0xdd],
  ['ư', 0xfd],
  ['\u0300', 0xcc],
  ['\u0309', 0xd2],
  ['\u0303', 0xde],
  ['\u0301', 0xec],
  ['\u0323', 0xf2],
]);

/** Undefined when a character is not in the code page. */
function inWindows1258(text: string): Uint8Array | undefined {
  const replaced = new Set(windows1258.values());
  const octets = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return (
      windows1258.get(character) ?? (code < 0x80 || (code >= 0xa0 && code < 0x100 && !replaced.has(code)) ? code : -1)
    );
  });
  return octets.includes(-1) ? undefined : Uint8Array.from(octets);
}
