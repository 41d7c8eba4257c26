import { normalizeText } from './vietnamese-text.ts';

/**
 * The 29 kinds of administrative document (tên loại văn bản hành chính) of Nghị định 30/2020/NĐ-CP, Điều 7,
 * with the abbreviations (chữ viết tắt) of its Phụ lục III. Công văn and Thư công have none: their notation
 * starts with the agency's abbreviation.
 */
export interface DocumentType {
  /** Name as the decree writes it, e.g. `Quyết định`. This is what is stored and sent (edXML TypeName). */
  readonly name: string;
  /** e.g. `QĐ`; null for Công văn and Thư công. */
  readonly abbreviation: string | null;
}

export const documentTypes: readonly DocumentType[] = [
  { name: 'Nghị quyết', abbreviation: 'NQ' },
  { name: 'Quyết định', abbreviation: 'QĐ' },
  { name: 'Chỉ thị', abbreviation: 'CT' },
  { name: 'Quy chế', abbreviation: 'QC' },
  { name: 'Quy định', abbreviation: 'QyĐ' },
  { name: 'Thông cáo', abbreviation: 'TC' },
  { name: 'Thông báo', abbreviation: 'TB' },
  { name: 'Hướng dẫn', abbreviation: 'HD' },
  { name: 'Chương trình', abbreviation: 'CTr' },
  { name: 'Kế hoạch', abbreviation: 'KH' },
  { name: 'Phương án', abbreviation: 'PA' },
  { name: 'Đề án', abbreviation: 'ĐA' },
  { name: 'Dự án', abbreviation: 'DA' },
  { name: 'Báo cáo', abbreviation: 'BC' },
  { name: 'Biên bản', abbreviation: 'BB' },
  { name: 'Tờ trình', abbreviation: 'TTr' },
  { name: 'Hợp đồng', abbreviation: 'HĐ' },
  { name: 'Công văn', abbreviation: null },
  { name: 'Công điện', abbreviation: 'CĐ' },
  { name: 'Bản ghi nhớ', abbreviation: 'BGN' },
  { name: 'Bản thỏa thuận', abbreviation: 'BTT' },
  { name: 'Giấy ủy quyền', abbreviation: 'GUQ' },
  { name: 'Giấy mời', abbreviation: 'GM' },
  { name: 'Giấy giới thiệu', abbreviation: 'GGT' },
  { name: 'Giấy nghỉ phép', abbreviation: 'GNP' },
  { name: 'Phiếu gửi', abbreviation: 'PG' },
  { name: 'Phiếu chuyển', abbreviation: 'PC' },
  { name: 'Phiếu báo', abbreviation: 'PB' },
  { name: 'Thư công', abbreviation: null },
];

/**
 * Legal documents (văn bản quy phạm pháp luật) that offices also receive and register. They are not among the 29;
 * Nghị quyết and Quyết định exist in both worlds and are listed above.
 */
export const legalDocumentTypes: readonly DocumentType[] = [
  { name: 'Hiến pháp', abbreviation: null },
  { name: 'Luật', abbreviation: null },
  { name: 'Pháp lệnh', abbreviation: null },
  { name: 'Lệnh', abbreviation: 'L' },
  { name: 'Nghị định', abbreviation: 'NĐ' },
  { name: 'Thông tư liên tịch', abbreviation: 'TTLT' },
  { name: 'Thông tư', abbreviation: 'TT' },
];

/**
 * Copies (bản sao, Điều 25): one series of numbers for all three, apart from that of the documents (Phụ lục I, phần III).
 */
export const copyTypes: readonly DocumentType[] = [
  { name: 'Sao y', abbreviation: 'SY' },
  { name: 'Sao lục', abbreviation: 'SL' },
  { name: 'Trích sao', abbreviation: 'TrS' },
];

/** All that a document of the register may be. */
export const allDocumentTypes: readonly DocumentType[] = [...documentTypes, ...legalDocumentTypes, ...copyTypes];

/** Type by its abbreviation, written exactly as in the decree (`TTr`, not `TTR`: `CTr` and `CT` differ by case). */
export function documentTypeByAbbreviation(abbreviation: string): DocumentType | null {
  const wanted = normalizeText(abbreviation);
  const same = (type: DocumentType): boolean => type.abbreviation === wanted;
  return allDocumentTypes.find(same) ?? null;
}

/** The kind of copy that a document is, by its type; null for an original. */
export function copyTypeOf(documentType: string): DocumentType | null {
  const type = documentTypeByName(documentType);
  return type !== null && copyTypes.includes(type) ? type : null;
}

/** Type by its name in any letter case and spacing: `QUYẾT ĐỊNH`, `Quyết định` and `QUYẾTĐỊNH` are the same. */
export function documentTypeByName(name: string): DocumentType | null {
  const wanted = squeezed(unifyToneMarks(normalizeText(name).toLocaleLowerCase('vi')));
  const same = (type: DocumentType): boolean => squeezed(type.name.toLocaleLowerCase('vi')) === wanted;
  return allDocumentTypes.find(same) ?? null;
}

// Where letters are set apart evenly, nothing tells where a word ends.
const squeezed = (text: string): string => text.replace(/\s+/g, '');

// "thoả"/"uỷ" (newer tone placement) and "thỏa"/"ủy" (the decree's) are one word.
function unifyToneMarks(text: string): string {
  return text.replaceAll('oả', 'ỏa').replaceAll('uỷ', 'ủy');
}
