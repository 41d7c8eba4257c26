const TONES = '\u0300\u0301\u0303\u0309\u0323';

/**
 * A typed password as one text, likeliest first and none twice. Keyboards give "ậ" as one character, as three, or
 * (Windows' own Vietnamese keyboard) as "â" and a tone.
 */
export function typedForms(typed: string): string[] {
  return [...new Set([typed, typed.normalize('NFC'), typed.normalize('NFD'), tonesApart(typed)])];
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

/** The password in Windows' Vietnamese code page; undefined when a character is not in it. */
export function inWindows1258(typed: string): Uint8Array | undefined {
  const replaced = new Set(windows1258.values());
  const octets = Array.from(tonesApart(typed), (character) => {
    const code = character.codePointAt(0) ?? 0;
    return (
      windows1258.get(character) ?? (code < 0x80 || (code >= 0xa0 && code < 0x100 && !replaced.has(code)) ? code : -1)
    );
  });
  return octets.includes(-1) ? undefined : Uint8Array.from(octets);
}
