import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BookEntry } from '#shared/contract/books.ts';
import { loadFonts } from '#entries/load-fonts.ts';
import { createOfficeFiles } from '#office-files/office-files.ts';

/** The writer with the fonts that are shipped. */
export const printer = createOfficeFiles(() => loadFonts(join(import.meta.dirname, '../../resources')));

/** A number of the outgoing book that a letter has. */
export const givenEntry: BookEntry = {
  number: 7,
  suffix: '',
  state: 'given',
  reason: null,
  documentId: '00000000-0000-4000-8000-000000000007',
  codeText: '07/VPUBND-TH',
  // After midnight in Hà Nội.
  registeredAt: '2026-05-21T17:30:00Z',
  ended: null,
  reservedFor: null,
  goesTo: 'Sở Nội vụ; Sở Tư pháp',
  keeper: 'VT, TH',
  copies: 2,
  sentAt: '2026-05-22T02:00:00Z',
  cancelled: false,
  changedBy: [],
  fields: { date: '2026-05-20', documentType: 'Công văn', abstract: 'V/v rà soát', signerName: 'Bùi Hồng Quý' },
};

interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Reads PDFs with others' tools. */
export function pdfReader() {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-print-'));
  let count = 0;
  const onDisk = (bytes: Uint8Array): string => {
    count += 1;
    const file = join(folder, `${count}.pdf`);
    writeFileSync(file, bytes);
    return file;
  };
  const run = (tool: string, ...args: readonly string[]): string => execFileSync(tool, args, { encoding: 'utf8' });
  return {
    folder,
    /** The text of each page, as it stands. */
    pages: (bytes: Uint8Array): readonly string[] =>
      run('pdftotext', '-layout', onDisk(bytes), '-').split('\f').slice(0, -1),
    /** The words in a part of a page (from 1), in points from the upper left. */
    crop: (bytes: Uint8Array, page: number, { x, y, width, height }: Crop): string => {
      const area = ['-x', x, '-y', y, '-W', width, '-H', height].map((value) =>
        typeof value === 'number' ? String(Math.round(value)) : value,
      );
      const only = ['-f', String(page), '-l', String(page), '-r', '72'];
      return run('pdftotext', ...only, ...area, onDisk(bytes), '-')
        .replaceAll(/\s+/g, ' ')
        .trim();
    },
    fonts: (bytes: Uint8Array): readonly string[] => run('pdffonts', onDisk(bytes)).trim().split('\n').slice(2),
    facts: (bytes: Uint8Array): string => run('pdfinfo', onDisk(bytes)),
    check: (bytes: Uint8Array): string => run('qpdf', '--check', onDisk(bytes)),
  };
}
