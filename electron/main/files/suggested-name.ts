import { plainText } from '#shared/domain/plain-text.ts';

const MAX_LENGTH = 150;

/**
 * A name that every file system takes, from one that a document carries: `241/VPUBND-HCTC.pdf` → `241-VPUBND-HCTC.pdf`.
 * Names that Windows reserves (`CON`, `LPT1`, …) get an underscore in front.
 */
export function suggestedName(name: string): string {
  const plain = plainText(name)
    .normalize('NFC')
    .replace(/[/\\:*?"<>|]/g, '-')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? '';
  const stem = plain.slice(0, plain.length - extension.length).slice(0, MAX_LENGTH - extension.length);
  const safe = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `_${stem}` : stem;
  return `${safe === '' ? 'van-ban' : safe}${extension}`;
}
