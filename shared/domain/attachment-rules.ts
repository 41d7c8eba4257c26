/** Attachments and appendices of one letter. */
export const MAX_ATTACHMENTS = 30;
/** Of one attachment, in bytes. */
export const MAX_ATTACHMENT_BYTES = 80 * 1024 * 1024;
/**
 * Of the letter with all its attachments, in bytes. A message of the exchange holds about 110 MB of them in base64
 * (`MAX_MESSAGE_BYTES`); number, signatures and seal still come to the letter.
 */
export const MAX_LETTER_WITH_ATTACHMENTS_BYTES = 100 * 1024 * 1024;
export const MAX_ATTACHMENT_NAME = 200;

/**
 * Kinds of file that may go with a letter, by the ending of the name: documents, tables, pictures and archives. What a
 * computer runs is none.
 */
export const attachmentExtensions = [
  'pdf',
  'doc',
  'docx',
  'odt',
  'rtf',
  'txt',
  'xls',
  'xlsx',
  'ods',
  'csv',
  'ppt',
  'pptx',
  'odp',
  'xml',
  'jpg',
  'jpeg',
  'png',
  'tif',
  'tiff',
  'dwg',
  'zip',
  'rar',
  '7z',
] as const;

export const extensionOf = (name: string): string => /\.([a-z0-9]+)$/iu.exec(name.trim())?.[1]?.toLowerCase() ?? '';

export function isAttachmentName(name: string): boolean {
  return (attachmentExtensions as readonly string[]).includes(extensionOf(name));
}

export const isPdfName = (name: string): boolean => extensionOf(name) === 'pdf';

/** First bytes of what a computer runs, whatever the name says: Windows, Linux, scripts. */
const PROGRAMS: readonly (readonly number[])[] = [
  [0x4d, 0x5a],
  [0x7f, 0x45, 0x4c, 0x46],
  [0x23, 0x21],
];

export function isProgram(firstBytes: Uint8Array): boolean {
  return PROGRAMS.some((magic) => magic.every((byte, at) => firstBytes[at] === byte));
}

/** Why these attachments cannot go with a letter of `letterBytes`; null when they can. */
export function attachmentsProblem(
  attachments: readonly { readonly name: string; readonly size: number }[],
  letterBytes: number,
): {
  readonly code: 'ATTACHMENT_NAME_TAKEN' | 'ATTACHMENT_KIND' | 'ATTACHMENTS_TOO_LARGE';
  readonly name: string;
} | null {
  const names = new Set<string>();
  for (const { name } of attachments) {
    if (!isAttachmentName(name)) return { code: 'ATTACHMENT_KIND', name };
    const folded = name.trim().normalize('NFC').toLowerCase();
    if (names.has(folded)) return { code: 'ATTACHMENT_NAME_TAKEN', name };
    names.add(folded);
  }
  const total = attachments.reduce((sum, { size }) => sum + size, letterBytes);
  return total > MAX_LETTER_WITH_ATTACHMENTS_BYTES ? { code: 'ATTACHMENTS_TOO_LARGE', name: '' } : null;
}
