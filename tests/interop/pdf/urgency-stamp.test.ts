import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { urgencyStampOf } from '#core/outgoing/urgency-stamp.ts';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { createPdfEngine } from '#pdf/create-pdf-engine.ts';
import { stampText } from '#pdf/stamp-text.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { urgencies, type Urgency } from '#shared/domain/urgency.ts';
import { letters } from '#tests/fixtures/letters/letters.ts';
import { inked, red } from '#tests/support/inked.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { sealAsAgency, signAsPerson, trust } from '#tests/support/signing-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/letters');
const expressAt = '2026-11-27T07:00:00.000Z';
const MM = 72 / 25.4;
/** NĐ 30/2020, Phụ lục I: written here again, so that the table of the product is checked. */
const decree: Readonly<Record<string, readonly [number, number]>> = {
  urgent: [20, 8],
  'very-urgent': [40, 8],
  express: [30, 8],
  'express-timed': [40, 10],
};
/** Letters so crowded under their number that some stamps find no room. */
const full: Readonly<Record<string, readonly Urgency[]>> = {
  'quyet-dinh-38-2016': ['express-timed'],
  'ke-hoach-112': ['express-timed'],
  'to-trinh-so-noi-vu': ['express-timed'],
  'cong-dien-hoa-toc': ['express-timed'],
  'ke-hoach-ba-trang': ['express-timed'],
  'cong-van-phong-tckh': ['very-urgent', 'express-timed'],
  'cong-van-phuong-buon-ma-thuot': ['very-urgent', 'express', 'express-timed'],
  'cong-van-trich-yeu-dai': ['very-urgent', 'express', 'express-timed'],
};
const degrees = urgencies.filter((urgency) => urgency !== 'normal');

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-urgency-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const engine = createPdfEngine(trust);

async function stamped(bytes: Uint8Array, urgency: Urgency) {
  const proposal = proposeFields(await readPdfText(bytes));
  const placement = {
    signature: null,
    number: null,
    date: null,
    urgency: { printed: 'normal' as const, rooms: [...proposal.urgencyRooms] },
  };
  const { box } = urgencyStampOf({ placement }, { urgency, expressAt });
  return { ownStamp: proposal.urgency, box, bytes: box === null ? bytes : engine.stamp(bytes, [], [box]) };
}

/** Poppler's boxes of the words of page 1, in points from the top left. */
function wordBoxes(bytes: Uint8Array) {
  const file = join(dir, 'words.pdf');
  writeFileSync(file, bytes);
  const html = execFileSync('pdftotext', ['-bbox', '-l', '1', file, '-'], { encoding: 'utf8' });
  const pattern = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g;
  return [...html.matchAll(pattern)].map(([, left, top, right, bottom, text]) => ({
    left: Number(left),
    top: Number(top),
    right: Number(right),
    bottom: Number(bottom),
    text,
  }));
}

/** The frame as the page's instructions draw it: outer width and height in millimetres. */
function drawnFrame(bytes: Uint8Array): readonly [number, number] {
  const text = Buffer.from(bytes).toString('latin1');
  const match = /([\d.]+) w\n[\d.]+ [\d.]+ ([\d.]+) ([\d.]+) re S/.exec(text);
  if (!match) throw new Error('no frame drawn');
  const line = Number(match[1]);
  return [(Number(match[2]) + line) / MM, (Number(match[3]) + line) / MM];
}

describe.each(letters.map(({ name }) => name))('on %s', (name) => {
  const original = new Uint8Array(readFileSync(join(fixtures, `${name}.pdf`)));

  it.each(degrees)('%s has the size of the decree, red, on paper free of text', async (urgency) => {
    const before = wordBoxes(original);
    const { bytes, box, ownStamp } = await stamped(original, urgency);
    expect(box === null).toBe(full[name]?.includes(urgency) ?? false);
    if (box === null) return;
    const [width, height] = decree[urgency] ?? [0, 0];
    const drawn = drawnFrame(bytes);
    expect(Math.abs(drawn[0] - width)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(drawn[1] - height)).toBeLessThanOrEqual(0.5);
    // Letters with a stamp of their own have other red on them.
    if (ownStamp === 'normal') {
      const ink = inked(bytes, red);
      expect(Math.abs(ink.right - ink.left - width)).toBeLessThanOrEqual(0.5);
      expect(Math.abs(ink.bottom - ink.top - height)).toBeLessThanOrEqual(0.5);
      expect(Math.abs(ink.left - box.x / MM)).toBeLessThanOrEqual(0.5);
      const inside = before.filter(
        (word) =>
          word.left < ink.right * MM &&
          word.right > ink.left * MM &&
          word.top < ink.bottom * MM &&
          word.bottom > ink.top * MM,
      );
      expect(inside).toEqual([]);
    }
  });
});

describe('a stamped letter', () => {
  const name = 'cong-van-cho-so';
  const original = new Uint8Array(readFileSync(join(fixtures, `${name}.pdf`)));

  it.each(degrees)('is read as %s by others and by us, and can be signed and sealed', async (urgency) => {
    const { bytes } = await stamped(original, urgency);
    expect(Buffer.compare(bytes.subarray(0, original.length), original)).toBe(0);
    const file = join(dir, 'stamped.pdf');
    writeFileSync(file, bytes);
    const texts = { urgent: 'KHẨN', 'very-urgent': 'THƯỢNG KHẨN', express: 'HỎA TỐC', 'express-timed': 'HẸN GIỜ' };
    expect(execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).normalize('NFC')).toContain(
      texts[urgency],
    );
    expect(spawnSync('qpdf', ['--check', file]).status).toBe(0);
    const read = proposeFields(await readPdfText(bytes));
    expect(read).toMatchObject({ urgency, expressHour: urgency === 'express-timed' ? '14:00' : null });
    const sealed = await sealAsAgency((await signAsPerson(bytes)).bytes);
    expect(verifyPdf(sealed.bytes, { trust: trust(), now: new Date() }).verdict).toBe('VALID');
  });

  it('has the stamp once only', () => {
    const room = { page: 0, x: 90, y: 600, width: 114, height: 35 };
    const fields = { urgency: 'express', expressAt: null } as const;
    const look = (urgency: { printed: Urgency; rooms: (typeof room)[] }) =>
      urgencyStampOf({ placement: { signature: null, number: null, date: null, urgency } }, fields).outlook;
    expect(look({ printed: 'express', rooms: [room] })).toBe('printed');
    expect(look({ printed: 'urgent', rooms: [room] })).toBe('another-printed');
    expect(look({ printed: 'normal', rooms: [] })).toBe('no-room');
    expect(look({ printed: 'normal', rooms: [{ ...room, width: 60 }] })).toBe('no-room');
    expect(look({ printed: 'normal', rooms: [room] })).toBe('will-be-put');
  });
});

it.each([0, 90, 180, 270])('the frame is upright and where it was asked for, page turned by %i', (rotate) => {
  const blank = makePdf({ content: '3 0 0 3 50 50 cm', page: `/Rotate ${rotate}` });
  const stampBox = { page: 0, x: 100, y: 500, width: 30 * MM, height: 8 * MM, lines: ['HỎA TỐC'] };
  const ink = inked(engine.stamp(blank, [], [stampBox]), red);
  const pageHeight = rotate % 180 === 0 ? 842 : 595;
  expect(Math.abs(ink.left - 100 / MM)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(ink.bottom - (pageHeight - 500) / MM)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(ink.right - ink.left - 30)).toBeLessThanOrEqual(0.5);
});

it('letters that the stamp does not have are refused', () => {
  const box = { page: 1, x: 0, y: 0, width: 100, height: 30, lines: ['MẬT'] };
  expect(() => stampText(makePdf(), [], [box])).toThrow(expect.objectContaining({ code: 'STAMP_TEXT_UNSUPPORTED' }));
});
