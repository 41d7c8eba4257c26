/** One thing that a Vietnamese keyboard program sends to the window. */
export type KeyStroke = { readonly kind: 'letter'; readonly text: string } | { readonly kind: 'backspace' };

const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/u;
const backspace: KeyStroke = { kind: 'backspace' };

/**
 * What UniKey (Telex) sends while a text is typed: a letter with a mark arrives as its plain letter, then Backspace and
 * the marked letter; a tone, typed at the end of the word, arrives as Backspaces over the rest of the word and that
 * rest again. The result of all strokes is `text` in NFC.
 */
export function telexStrokes(text: string): KeyStroke[] {
  return text
    .normalize('NFC')
    .split(/(\s+)/u)
    .flatMap((word) => wordStrokes(Array.from(word)));
}

function wordStrokes(letters: readonly string[]): KeyStroke[] {
  const strokes: KeyStroke[] = [];
  for (const letter of letters) {
    const untoned = withoutTone(letter);
    const plain = withoutMarks(untoned);
    strokes.push({ kind: 'letter', text: plain });
    if (plain !== untoned) strokes.push(backspace, { kind: 'letter', text: untoned });
  }
  const toned = letters.findIndex((letter) => withoutTone(letter) !== letter);
  if (toned === -1) return strokes;
  const rest = letters.slice(toned);
  return [
    ...strokes,
    ...rest.map(() => backspace),
    ...rest.map((letter): KeyStroke => ({ kind: 'letter', text: letter })),
  ];
}

function withoutTone(letter: string): string {
  return letter.normalize('NFD').replace(toneMarks, '').normalize('NFC');
}

function withoutMarks(letter: string): string {
  if (letter === 'đ') return 'd';
  if (letter === 'Đ') return 'D';
  return letter.normalize('NFD').replaceAll(/\p{M}/gu, '');
}

/** The same text as a composing input method shows it: each word grows letter by letter before it is committed. */
export function compositionSteps(word: string): string[] {
  const letters = Array.from(word.normalize('NFC'));
  const plain = letters.map((letter) => withoutMarks(withoutTone(letter)));
  return [...plain.map((_, at) => plain.slice(0, at + 1).join('')), letters.join('')];
}
