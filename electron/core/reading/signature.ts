import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import { properCase } from '#shared/domain/vietnamese-case.ts';
import { isUpperCase, titleCase } from '#shared/domain/vietnamese-text.ts';
import type { PdfTextPage } from '../ports/pdf-text.ts';
import { endsItem, hasBullet, trimItem } from './list-lines.ts';
import { isRule, joinText, type Line, round, rowsOf, runBelow, sliceLine, splitColumns } from './lines.ts';

export interface ClosingReading {
  readonly recipients: readonly string[];
  readonly recipientLines: readonly Line[];
  readonly authority: string | null;
  readonly authorityLines: readonly Line[];
  readonly signerTitle: string | null;
  readonly titleLines: readonly Line[];
  readonly signerName: string | null;
  readonly nameLine: Line | null;
  readonly anchor: PageRectangle | null;
}

const authorityPrefix = /^(?:(?:TM|KT|TL|TUQ|TƯQ)\s*\.|T\/M|K\/T|T\/L)/u;
const position =
  /\b(chu tich|giam doc|chanh|truong|pho|bo truong|thu truong|bi thu|cuc truong|chu nhiem|thu tuong|tong|hieu|vien|chi huy|ke toan|uy vien|to truong)\b/;
const personName =
  /^(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy) )?\p{Lu}[\p{L}.'’]{0,30}(?:\s+\p{Lu}[\p{L}.'’]{0,30}){1,7}$/u;
const minAnchorWidth = 120;

/** Closing part of a letter: "Nơi nhận" (ô 9b) at the left, authority, position and name of the signer (ô 7) right. */
export function readClosing(pages: readonly PdfTextPage[]): ClosingReading {
  for (const page of pages.toReversed()) {
    const parts = rowsOf(page).flatMap(splitColumns);
    const label = parts.find((line) => /^noi nhan\b/.test(line.folded) && line.text.length < 60);
    if (label) {
      const right = parts.filter(
        (line) => line.x > label.right && line.center > page.width * 0.45 && line.y <= label.y + label.fontSize * 3,
      );
      const recipients = readRecipients(label, parts, page.width);
      return { ...recipients, ...readSigner(right) };
    }
  }
  for (const page of pages.toReversed()) {
    const parts = rowsOf(page).flatMap(splitColumns);
    const right = parts.filter((line) => line.x > page.width * 0.4);
    const top = right.find((line) => line.upper && (authorityPrefix.test(line.text) || position.test(line.folded)));
    const signer = top ? readSigner(right.filter((line) => line.y <= top.y)) : null;
    if (signer?.signerName != null) return { recipients: [], recipientLines: [], ...signer };
  }
  return { recipients: [], recipientLines: [], ...readSigner([]) };
}

function readRecipients(
  label: Line,
  parts: readonly Line[],
  pageWidth: number,
): Pick<ClosingReading, 'recipients' | 'recipientLines'> {
  const column = parts.filter(
    (line) => line.x < pageWidth * 0.45 && line.center < pageWidth * 0.55 && line.y < label.y,
  );
  const lines = runBelow(label, column, 3.5, (line) => !isRule(line));
  const dashed = lines.some(hasBullet);
  const items: string[] = [];
  for (const line of lines) {
    const last = items.at(-1);
    const continues = last !== undefined && !hasBullet(line) && (dashed || !endsItem(last));
    if (continues) items[items.length - 1] = `${last} ${line.text}`;
    else items.push(line.text);
  }
  return { recipients: items.map(trimItem).filter((item) => item !== ''), recipientLines: [label, ...lines] };
}

type SignerReading = Omit<ClosingReading, 'recipients' | 'recipientLines'>;

/** Reads the signer's block; `lines` are the parts of the right column from the top. */
function readSigner(lines: readonly Line[]): SignerReading {
  const first = lines.findIndex((line) => line.upper && (authorityPrefix.test(line.text) || !/^\(/.test(line.text)));
  const start = lines[first];
  if (!start) return noSigner;
  const block = [start, ...runBelow(start, lines.slice(first + 1), 3, (line) => line.upper && !/^\(/.test(line.text))];
  const lastTitle = block.at(-1) ?? start;
  const below = lines.filter((line) => line.y < lastTitle.y && overlaps(line, block));
  const nameLine = below.find((line) => personName.test(line.text) && !/đã ký/iu.test(line.text)) ?? null;
  const { authorityLines, titleLines } = splitBlock(block.flatMap(partsOfLine));
  const authority = authorityOf(authorityLines);
  const title = joinText(titleLines);
  return {
    authority,
    authorityLines,
    signerTitle: title === '' ? null : positionCase(title),
    titleLines,
    signerName: nameLine === null ? null : nameCase(nameLine.text),
    nameLine,
    anchor: nameLine === null ? null : anchorBetween(block, lastTitle, nameLine),
  };
}

const noSigner: SignerReading = {
  authority: null,
  authorityLines: [],
  signerTitle: null,
  titleLines: [],
  signerName: null,
  nameLine: null,
  anchor: null,
};

/** Lines from TM., KT., TL., TUQ. on are the authority until one names the signer's own position. */
function splitBlock(block: readonly Line[]): { authorityLines: Line[]; titleLines: Line[] } {
  const lastPrefix = block.findLastIndex((line) => authorityPrefix.test(line.text));
  let end = lastPrefix + 1;
  while (lastPrefix >= 0 && end < block.length - 1 && !position.test(block[end]?.folded ?? '')) end += 1;
  return { authorityLines: block.slice(0, end), titleLines: block.slice(end) };
}

/** Positions that may sign, longest first: `PHÓ TỔNG GIÁM ĐỐC` is not `GIÁM ĐỐC`. */
const positions =
  /(?<![\p{L}\d])(?:(?:q\s*\.\s*)?(?:pho (?:tong )?)?(?:(?:chi |tong )?cuc truong|chu tich|tong giam doc|giam doc|chanh (?:van phong|thanh tra|an)|truong (?:phong|ban|khoa|tram|cong an|doan)|vu truong|vien truong|hieu truong|bi thu|chu nhiem|chi huy truong|thu tuong|doi truong|to truong|tong thu ky|tong bien tap|ke toan truong)|thu truong|bo truong|uy vien|hieu pho|vien pho)(?![\p{L}\d])/gu;

/**
 * Authority and position printed side by side are lines of their own: `KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC`, `TM. ỦY BAN NHÂN DÂN
 * KT. CHỦ TỊCH PHÓ CHỦ TỊCH`. Whoever signs for a position has another one; whoever signs for a body has one.
 */
function partsOfLine(line: Line): Line[] {
  if (!authorityPrefix.test(line.text)) return [line];
  const again = line.words.findIndex((word, index) => index > 0 && authorityPrefix.test(word.text));
  if (again > 0) return [sliceLine(line, 0, again), ...partsOfLine(sliceLine(line, again))];
  const found = [...line.folded.matchAll(positions)];
  const forPosition = !/^t\s*[./]?\s*m/.test(line.folded);
  const own = found[forPosition ? 1 : 0];
  if (own === undefined || /\bban $/.test(line.folded.slice(0, own.index))) return [line];
  const before = line.folded.slice(0, own.index).trim().split(' ').length;
  const dash = /^[-–—,]$/.test(line.words[before - 1]?.text ?? '') ? 1 : 0;
  return [sliceLine(line, 0, before - dash), sliceLine(line, before)];
}

function authorityOf(lines: readonly Line[]): string | null {
  const entries: string[] = [];
  for (const line of lines) {
    const last = entries.at(-1);
    if (last === undefined || authorityPrefix.test(line.text)) entries.push(line.text);
    else entries[entries.length - 1] = `${last} ${line.text}`;
  }
  return entries.length === 0 ? null : entries.join(', ');
}

// "Q." (quyền: acting) is part of the position.
function positionCase(title: string): string {
  const acting = /^Q\s*\.\s*(.+)$/u.exec(title);
  return acting?.[1] === undefined ? properCase(title) : `Q. ${properCase(acting[1])}`;
}

function nameCase(name: string): string {
  return isUpperCase(name) ? titleCase(name) : name;
}

function overlaps(line: Line, block: readonly Line[]): boolean {
  const left = Math.min(...block.map((other) => other.x)) - 40;
  const right = Math.max(...block.map((other) => other.right)) + 40;
  return line.center >= left && line.center <= right;
}

function anchorBetween(block: readonly Line[], title: Line, name: Line): PageRectangle | null {
  const bottom = name.y + name.fontSize * 0.8;
  const top = title.y - title.fontSize * 0.25;
  if (top - bottom <= 0) return null;
  const width = Math.max(minAnchorWidth, name.right - name.x, ...block.map((line) => line.right - line.x));
  return {
    page: name.page,
    x: round(name.center - width / 2),
    y: round(bottom),
    width: round(width),
    height: round(top - bottom),
  };
}
