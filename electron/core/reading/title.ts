import { copyTypes, documentTypeByName, documentTypes, legalDocumentTypes } from '#shared/domain/document-types.ts';
import { sentenceCase } from '#shared/domain/vietnamese-case.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import { isRule, joinText, leading, type Line, runBelow } from './lines.ts';
import { isStamp } from './stamps.ts';

export interface TitleMatch {
  /** Name of the type as the decree writes it. */
  readonly typeName: string;
  /** What follows the type's name on its line. */
  readonly rest: string;
}

const typeNames = [...documentTypes, ...legalDocumentTypes]
  .filter((type) => type.name !== 'Công văn')
  .map((type) => type.name)
  .toSorted((left, right) => right.length - left.length);

/** Title of a named type (ô 5a): capitals in the middle of the page, `QUYẾT ĐỊNH`, `BÁO CÁO TÌNH HÌNH …`. */
export function matchTitle(line: Line, pageWidth: number): TitleMatch | null {
  if (!line.upper) return null;
  const centered = Math.abs(line.center - pageWidth / 2) <= pageWidth * 0.2;
  if (!centered && !line.bold) return null;
  const exact = documentTypeByName(line.text);
  // "SAO Y" on a page says that it is a copy, not what of.
  if (exact !== null && copyTypes.includes(exact)) return null;
  if (exact) return exact.name === 'Công văn' ? null : { typeName: exact.name, rest: '' };
  if (!centered || !line.bold) return null;
  for (const name of typeNames) {
    if (line.folded.startsWith(`${foldVietnamese(name)} `)) {
      const rest = line.text.split(' ').slice(name.split(' ').length).join(' ');
      return { typeName: name, rest };
    }
  }
  return null;
}

export interface Title {
  readonly typeName: string;
  readonly titleLine: Line;
  readonly abstract: string | null;
  readonly abstractLines: readonly Line[];
}

/** Finds the title among the first page's lines below the motto, and the abstract under it. */
export function findTitle(lines: readonly Line[], pageWidth: number): Title | null {
  for (const titleLine of lines) {
    const match = matchTitle(titleLine, pageWidth);
    if (!match) continue;
    const abstractLines = abstractBelow(titleLine, lines, pageWidth, match.rest !== '');
    const text = [match.rest, joinText(abstractLines)].filter((part) => part !== '').join(' ');
    const lineList = match.rest === '' ? abstractLines : [titleLine, ...abstractLines];
    return { typeName: match.typeName, titleLine, abstract: tidyAbstract(text), abstractLines: lineList };
  }
  return null;
}

function abstractBelow(title: Line, lines: readonly Line[], pageWidth: number, continuesTitle: boolean): Line[] {
  const run = runBelow(title, lines, 3.2, (line) => {
    const centered = Math.abs(line.center - pageWidth / 2) < pageWidth * 0.1;
    return centered && !isRule(line) && !isStamp(line) && !/^(kinh gui|kinh moi|can cu|\(kem theo)/.test(line.folded);
  });
  const first = run[0];
  if (!first) return [];
  const stop = run.findIndex(
    (line, index) =>
      index > 0 &&
      (line.bold !== first.bold || (line.upper && !first.upper) || tooFar(run[index - 1], line, leading(title, first))),
  );
  const abstract = stop === -1 ? run : run.slice(0, stop);
  // Under a title, capitals that name who decides ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH") are no abstract.
  if (first.upper && !continuesTitle && namesAuthority(first)) return [];
  return abstract;
}

// Lines of an abstract stand no further apart than the abstract from its title.
function tooFar(above: Line | undefined, line: Line, fromTitle: number): boolean {
  return above !== undefined && leading(above, line) > Math.max(1.75, Math.min(fromTitle, 2.4) * 1.1);
}

function namesAuthority(line: Line): boolean {
  return /^(chu tich|uy ban|hoi dong|bo truong|giam doc|thu tuong|chanh|truong|cuc truong)/.test(line.folded);
}

/** Abstract as printed; one in capitals is written as a sentence. Null when there is none. */
export function tidyAbstract(text: string): string | null {
  const clean = text
    .replace(/\s+/g, ' ')
    .replace(/[\s.;,:]+$/u, '')
    .trim();
  if (!/\p{L}/u.test(clean)) return null;
  return sentenceCase(clean);
}
