import type { DocumentVerdict, Finding, SignatureReport, VerificationReport } from '#shared/domain/verification.ts';
import { formatInstantDay, formatVnDate, vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { describeFinding } from '#shared/messages/describe-finding.ts';
import type { PrintedPart, PrintedSheet } from '../ports/office-files.ts';
import type { PrintingOffice } from './printing-office.ts';

/** A file of a document, and what checking its signatures said. */
export interface CheckedFile {
  readonly document: {
    readonly documentType: string;
    readonly codeText: string;
    /** yyyy-MM-dd. */
    readonly date: string | null;
    readonly abstract: string;
    /** Who issued it. */
    readonly agencyName: string;
  };
  /** Size in bytes; SHA-256 as lower-case hex. */
  readonly file: { readonly name: string; readonly size: number; readonly sha256: string };
  readonly checkedAt: Date;
  readonly report: VerificationReport;
  /** What was said when the document arrived, or when the office signed it; null when nothing was. */
  readonly kept: DocumentVerdict | null;
}

const verdictWords: Readonly<Record<DocumentVerdict, string>> = {
  VALID: 'Hợp lệ',
  WARN: 'Cần lưu ý',
  INDET: 'Chưa kết luận được',
  INVALID: 'Không hợp lệ',
  UNSIGNED: 'Chưa ký số',
};
const roleWords = { person: 'Chữ ký của người ký', seal: 'Con dấu của cơ quan', timestamp: 'Dấu thời gian' } as const;
const NO_FINDINGS = 'Nội dung nguyên vẹn, chứng thư còn hiệu lực và được tin cậy.';
const UNREADABLE = 'không đọc được';

const entry = (label: string, text: string) => ({ label, text, blankLines: 0 });

/** Báo cáo kiểm tra chữ ký số: the file, the verdict, and each signature in the order of signing. */
export function verificationSheet(checked: CheckedFile, office: PrintingOffice): PrintedSheet {
  const { report, kept } = checked;
  const { documentType, codeText, date, abstract, agencyName } = checked.document;
  const { name, size, sha256 } = checked.file;
  const keptWord = kept === null || kept === report.verdict ? '' : verdictWords[kept];
  const facts = [
    entry('Tên loại, số, ký hiệu', [documentType, codeText].filter(Boolean).join(' ')),
    entry('Ngày tháng văn bản', date === null ? '' : formatVnDate(date)),
    entry('Cơ quan, tổ chức ban hành', agencyName),
    entry('Trích yếu nội dung', abstract),
    entry('Tệp', `${name} (${size.toLocaleString('vi-VN')} byte)`),
    entry('Mã băm SHA-256 của tệp', sha256),
    entry('Kiểm tra lúc', secondAndDay(checked.checkedAt.toISOString())),
    entry('Kết luận', verdictWords[report.verdict]),
    entry('Kết luận đã ghi trước đây', keptWord),
    entry('Về cả tệp', describe(report.findings)),
  ];
  return {
    ...office,
    title: 'Báo cáo kiểm tra chữ ký số',
    parts: [{ heading: '', entries: filled(facts), signed: null }, ...report.signatures.map(signaturePart), signer],
    madeAt: checked.checkedAt,
  };
}

const signer: PrintedPart = { heading: '', entries: [], signed: 'NGƯỜI KIỂM TRA' };

function signaturePart(signature: SignatureReport): PrintedPart {
  const { claimedTime, provenTime, level, notBefore, notAfter, page } = signature;
  const name = signature.signerName || signature.organisation || UNREADABLE;
  const facts = [
    entry('Kết luận', verdictWords[signature.verdict]),
    entry('Kết quả kiểm tra', describe(signature.findings) || NO_FINDINGS),
    entry('Chức vụ', signature.signerTitle),
    entry('Đơn vị', signature.organisation),
    entry(
      'Thời gian ký',
      claimedTime === undefined ? '' : `${secondAndDay(claimedTime)}, theo máy của người ký, chưa được xác thực`,
    ),
    entry(
      'Đã ký trước',
      provenTime === undefined ? '' : `${secondAndDay(provenTime)}, theo dấu thời gian được tin cậy`,
    ),
    entry('Mức chữ ký (PAdES)', level ?? ''),
    entry('Lý do', signature.reason ?? ''),
    entry('Nơi cấp chứng thư', signature.issuer),
    entry('Số chứng thư', signature.serial),
    entry(
      'Hiệu lực chứng thư',
      notBefore === undefined || notAfter === undefined
        ? ''
        : `từ ${formatInstantDay(notBefore)} đến ${formatInstantDay(notAfter)}`,
    ),
    entry('Vị trí trên văn bản', page === undefined ? '' : `trang ${page}`),
    entry('Phạm vi', signature.coversWholeRevision ? 'toàn bộ tệp tại lúc ký' : 'chỉ một phần tệp'),
  ];
  return {
    heading: `${signature.index + 1}. ${roleWords[signature.role]}: ${name}`,
    entries: filled(facts),
    signed: null,
  };
}

const filled = <E extends { readonly text: string }>(entries: readonly E[]): readonly E[] =>
  entries.filter(({ text }) => text !== '');

const describe = (findings: readonly Finding[]): string =>
  findings.map((finding) => describeFinding('vi', finding)).join('\n');

function secondAndDay(instant: string): string {
  const local = vietnamTimestamp(Date.parse(instant));
  return `${local.slice(11, 19)} ngày ${formatVnDate(local)}`;
}
