import { VIETNAM_OFFSET_MS } from '#shared/domain/vn-date.ts';
import { PdfError } from '../pdf-error.ts';
import type { PdfObject } from '../syntax/objects.ts';
import { textString, writeObject } from '../syntax/write-object.ts';

const RANGE_PLACEHOLDER = '[0 ********** ********** **********]';

export interface SignatureEntries {
  readonly signingTime: Date;
  readonly signerName: string;
  readonly reason?: string;
  /** Octets reserved for the CMS. */
  readonly contentsLength: number;
}

/** The dictionary of a document time stamp (ISO 32000-2, 12.8.5): its token says when and by whom. */
export function timestampDictionary(contentsLength: number): Buffer {
  const head = '<</Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161';
  return Buffer.from(
    `${head} /ByteRange ${RANGE_PLACEHOLDER} /Contents <${'0'.repeat(contentsLength * 2)}>>>`,
    'latin1',
  );
}

/**
 * The signature dictionary (ISO 32000-2, table 255) with room for what is only known at the end.
 * @param seal makes of a text what has to stand in the file
 */
export function signatureDictionary(entries: SignatureEntries, seal: (text: PdfObject) => PdfObject): Buffer {
  const { signingTime, signerName, reason, contentsLength } = entries;
  const head = '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached';
  const written = (text: string): string => writeObject(seal(textString(text))).toString('latin1');
  const texts = [
    `/M ${written(vietnamTime(signingTime))}`,
    `/Name ${written(signerName)}`,
    ...(reason === undefined ? [] : [`/Reason ${written(reason)}`]),
  ];
  const contents = '0'.repeat(contentsLength * 2);
  return Buffer.from(`${head} /ByteRange ${RANGE_PLACEHOLDER} /Contents <${contents}> ${texts.join(' ')}>>`, 'latin1');
}

/** `D:YYYYMMDDHHmmSS+07'00'`, the time in Viet Nam. */
function vietnamTime(date: Date): string {
  const local = new Date(date.getTime() + VIETNAM_OFFSET_MS).toISOString();
  return `D:${local.slice(0, 19).replace(/[-:T]/g, '')}+07'00'`;
}

export interface OpenSignature {
  /** The two parts that are signed. */
  readonly parts: readonly [Uint8Array, Uint8Array];
  /** Writes the CMS into its place. */
  close(cms: Uint8Array): void;
}

/**
 * Fills in /ByteRange of the signature object at `offset` and gives access to what is to be signed.
 * @param bytes the finished update, changed in place
 */
export function openSignature(bytes: Buffer, offset: number, contentsLength: number): OpenSignature {
  const rangeAt = bytes.indexOf(RANGE_PLACEHOLDER, offset, 'latin1');
  const before = bytes.indexOf('/Contents <', rangeAt, 'latin1') + '/Contents '.length;
  const after = before + contentsLength * 2 + 2;
  const range = `[0 ${before} ${after} ${bytes.length - after}`;
  bytes.write(`${range.padEnd(RANGE_PLACEHOLDER.length - 1)}]`, rangeAt, 'latin1');
  return {
    parts: [bytes.subarray(0, before), bytes.subarray(after)],
    close: (cms) => {
      if (cms.length > contentsLength) throw new PdfError('SIGN_KEY_MISMATCH', { needed: cms.length });
      bytes.write(Buffer.from(cms).toString('hex').toUpperCase(), before + 1, 'latin1');
    },
  };
}
