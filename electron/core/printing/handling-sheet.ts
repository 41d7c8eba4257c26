import type { IncomingFields } from '#shared/domain/document-fields.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { formatInstantDay, formatVnDate, VIETNAM_OFFSET_MS } from '#shared/domain/vn-date.ts';
import type { PrintedPart, PrintedSheet } from '../ports/office-files.ts';
import type { PrintingOffice } from './printing-office.ts';

/** What somebody said in the handling of a document. */
export interface HandlingRemark {
  readonly at: string;
  readonly by: string;
  readonly text: string;
}

/** What is known of an incoming document and its handling. */
export interface HandledDocument {
  readonly fields: Pick<IncomingFields, 'agencyName' | 'codeText' | 'date' | 'documentType' | 'abstract' | 'forwardTo'>;
  readonly arrivalNumber: number | null;
  readonly arrivalSuffix: string;
  readonly arrivedAt: string;
  readonly dueAt: string | null;
  /** Chủ trì, phối hợp; empty where nobody was named. */
  readonly lead: string;
  readonly support: readonly string[];
  readonly agencyLeader: readonly HandlingRemark[];
  readonly unitLeader: readonly HandlingRemark[];
  readonly officer: readonly HandlingRemark[];
}

/** Lines for handwriting in a part that says nothing yet. */
const LINES = 3;

/** Phiếu giải quyết văn bản đến: three parts (NĐ 30/2020, Phụ lục IV). What nobody has said yet has lines for it. */
export function handlingSheet(document: HandledDocument, office: PrintingOffice, madeAt: Date): PrintedSheet {
  const { fields, arrivalNumber, arrivalSuffix, arrivedAt, dueAt } = document;
  const { codeText, date } = fields;
  const entry = (label: string, text: string, blankLines = 0) => ({ label, text, blankLines });
  const number = arrivalNumber === null ? '' : formatNumber(arrivalNumber, arrivalSuffix);
  const facts: PrintedPart = {
    heading: '',
    entries: [
      entry('Số đến', number),
      entry('Ngày đến', formatInstantDay(arrivedAt)),
      entry('Tên loại, số, ký hiệu', [fields.documentType, codeText].filter(Boolean).join(' ')),
      entry('Ngày tháng văn bản', date === null ? '' : formatVnDate(date)),
      entry('Cơ quan, tổ chức ban hành', fields.agencyName),
      entry('Trích yếu nội dung', fields.abstract),
    ],
    signed: null,
  };
  return {
    ...office,
    title: 'Phiếu giải quyết văn bản đến',
    parts: [
      facts,
      {
        heading: 'I. Ý kiến của lãnh đạo cơ quan, tổ chức',
        entries: [
          entry(
            'Giao đơn vị, cá nhân chủ trì',
            document.lead || fields.forwardTo,
            document.lead || fields.forwardTo ? 0 : 1,
          ),
          entry('Đơn vị, cá nhân phối hợp', document.support.join('; '), document.support.length > 0 ? 0 : 1),
          entry('Thời hạn giải quyết', dueAt === null ? '' : hourAndDay(dueAt)),
          opinion('Ý kiến chỉ đạo', document.agencyLeader),
        ],
        signed: 'LÃNH ĐẠO CƠ QUAN',
      },
      {
        heading: 'II. Ý kiến của lãnh đạo đơn vị',
        entries: [opinion('Giao cho cá nhân; thời hạn; ý kiến', document.unitLeader)],
        signed: 'LÃNH ĐẠO ĐƠN VỊ',
      },
      {
        heading: 'III. Ý kiến đề xuất của người giải quyết',
        entries: [opinion('Đề xuất', document.officer)],
        signed: 'NGƯỜI GIẢI QUYẾT',
      },
    ],
    madeAt,
  };
}

function opinion(label: string, said: readonly HandlingRemark[]) {
  const text = said.map((remark) => `${remark.text} (${remark.by}, ${hourAndDay(remark.at)})`).join('\n');
  return { label, text, blankLines: said.length === 0 ? LINES : 1 };
}

function hourAndDay(instant: string): string {
  const local = new Date(Date.parse(instant) + VIETNAM_OFFSET_MS).toISOString();
  return `${local.slice(11, 16)} ngày ${formatVnDate(local)}`;
}
