import { gsm7Septets } from '#shared/domain/gsm7-alphabet.ts';
import { SMS_UNITS } from '#shared/domain/sms-length.ts';

/** A text as one septet an octet, or null when a character is not in the alphabet (almost all Vietnamese letters). */
export function encodeGsm7(text: string): Buffer | null {
  const septets: number[] = [];
  for (const letter of text) {
    const code = gsm7Septets.get(letter);
    if (code === undefined) return null;
    septets.push(...code);
  }
  return Buffer.from(septets);
}

/** A text message of one part as it goes to a network: GSM 7-bit when all of it is in the alphabet, else UCS-2. */
export interface EncodedText {
  readonly coding: 'gsm7' | 'ucs2';
  readonly bytes: Buffer;
  readonly fitsOnePart: boolean;
}

export function encodeText(text: string): EncodedText {
  const septets = encodeGsm7(text);
  if (septets !== null) return { coding: 'gsm7', bytes: septets, fitsOnePart: septets.length <= SMS_UNITS.gsm7.one };
  const bytes = Buffer.from(text, 'utf16le').swap16();
  return { coding: 'ucs2', bytes, fitsOnePart: text.length <= SMS_UNITS.ucs2.one };
}
