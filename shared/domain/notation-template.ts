import { allDocumentTypes } from './document-types.ts';
import { comparableCode } from './notation.ts';

/** Which documents name the unit that drafted them: letters without a type (công văn) alone, as the decree has it. */
export const unitUses = ['letters', 'all', 'none'] as const;
export type UnitUse = (typeof unitUses)[number];

/**
 * How the notations of a book, a unit or the whole office are made, of the parts that NĐ 30/2020 (Phụ lục I, II.3) names:
 * `QĐ-UBND`, `SNV-TCCC`, of a legal document `2016/QĐ-UBND`. Without a book or a unit it is for all of them.
 */
export interface NotationTemplate {
  readonly bookId: string | null;
  readonly unitId: string | null;
  /** Abbreviation of the issuing agency or title: `UBND`, `VPUBND`. */
  readonly agency: string;
  readonly unitIn: UnitUse;
  /** The year stands before the type, where there is one. */
  readonly withYear: boolean;
}

interface Drafted {
  readonly documentType: string;
  /** Abbreviation of the drafting unit; empty for none. */
  readonly unit: string;
  readonly year: number;
}

/** The notation that a template makes: `notationBy(template, { documentType: 'Công văn', unit: 'TCCC', year })` → `SNV-TCCC`. */
export function notationBy(
  { agency, unitIn, withYear }: NotationTemplate,
  { documentType, unit, year }: Drafted,
): string {
  const type = allDocumentTypes.find(({ name }) => name === documentType)?.abbreviation ?? null;
  const namesUnit = unit !== '' && (unitIn === 'all' || (unitIn === 'letters' && type === null));
  const parts = [...(type === null ? [] : [type]), agency, ...(namesUnit ? [unit] : [])].join('-');
  return withYear && type !== null ? `${year}/${parts}` : parts;
}

/** The template that says most about a book and a unit: of both, of the book, of the unit, of the office; null for none. */
export function templateFor(
  templates: readonly NotationTemplate[],
  bookId: string,
  unitId: string | null,
): NotationTemplate | null {
  const wanted: readonly (readonly [string | null, string | null])[] = [
    ...(unitId === null ? [] : [[bookId, unitId] as const]),
    [bookId, null],
    ...(unitId === null ? [] : [[null, unitId] as const]),
    [null, null],
  ];
  for (const [book, unit] of wanted) {
    const found = templates.find((each) => each.bookId === book && each.unitId === unit);
    if (found !== undefined) return found;
  }
  return null;
}

interface DraftingUnit {
  readonly id: string;
  readonly name: string;
  readonly abbreviation: string;
  readonly active: boolean;
}

export interface NotationChoice {
  readonly notation: string;
  /** Units that write so; empty for a document that names none. */
  readonly units: readonly string[];
}

/** Every notation that a document of this book and type may have, each once: first without a unit's own, then by unit. */
export function notationChoices(
  templates: readonly NotationTemplate[],
  units: readonly DraftingUnit[],
  bookId: string,
  document: Omit<Drafted, 'unit'>,
): readonly NotationChoice[] {
  const choices = new Map<string, string[]>();
  const common = templateFor(templates, bookId, null);
  if (common !== null) choices.set(notationBy(common, { ...document, unit: '' }), []);
  for (const { id, name, abbreviation, active } of units) {
    const template = active ? templateFor(templates, bookId, id) : null;
    if (template === null) continue;
    const notation = notationBy(template, { ...document, unit: abbreviation });
    choices.set(notation, [...(choices.get(notation) ?? []), name]);
  }
  return [...choices].map(([notation, names]) => ({ notation, units: names }));
}

/** The unit that keeps the file copy, as "Lưu: VT, TCCC" says it: the one that drafted the document. Null when none is named. */
export function draftingUnit<Unit extends DraftingUnit>(keeper: string, units: readonly Unit[]): Unit | null {
  const words = keeper.split(/[,;.()\s]+/u).map((word) => comparableCode(word));
  return (
    units.find(
      ({ abbreviation, active }) => active && abbreviation !== '' && words.includes(comparableCode(abbreviation)),
    ) ?? null
  );
}
