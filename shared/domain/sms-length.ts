/** Length of an SMS: 3GPP TS 23.038 (GSM 03.38) alphabets, 3GPP TS 23.040 concatenation with a header of 6 octets. */

import { gsm7Septets } from './gsm7-alphabet.ts';

export const smsEncodings = ['gsm7', 'ucs2'] as const;
export type SmsEncoding = (typeof smsEncodings)[number];

/** Units of an encoding in a message of one part, and in each part of a longer one: septets or UTF-16 units. */
export const SMS_UNITS: Readonly<Record<SmsEncoding, { readonly one: number; readonly each: number }>> = {
  gsm7: { one: 160, each: 153 },
  ucs2: { one: 70, each: 67 },
};

/** Septets of a text in GSM-7; characters of the extension table take two. Null when one has no place in it. */
export function gsm7Length(text: string): number | null {
  let length = 0;
  for (const character of text) {
    const septets = gsm7Septets.get(character);
    if (septets === undefined) return null;
    length += septets.length;
  }
  return length;
}

/** The text as it is sent: in GSM-7 when all of it has a place there. No part ends within a letter and its marks. */
export function smsParts(text: string): { readonly encoding: SmsEncoding; readonly parts: readonly string[] } {
  const septets = gsm7Length(text);
  const encoding = septets === null ? 'ucs2' : 'gsm7';
  const { one, each } = SMS_UNITS[encoding];
  if ((septets ?? text.length) <= one) return { encoding, parts: [text] };
  const parts: string[] = [];
  let part = '';
  let units = 0;
  for (const piece of septets === null ? letters(text, each) : text) {
    const size = septets === null ? piece.length : (gsm7Septets.get(piece)?.length ?? 0);
    if (units + size > each) {
      parts.push(part);
      part = '';
      units = 0;
    }
    part += piece;
    units += size;
  }
  return { encoding, parts: [...parts, part] };
}

/** Letters with the marks that follow them; a run of marks that no part could hold is cut between two of them. */
export function letters(text: string, limit = Infinity): readonly string[] {
  return (text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []).flatMap((letter) =>
    letter.length > limit ? Array.from(letter) : [letter],
  );
}
