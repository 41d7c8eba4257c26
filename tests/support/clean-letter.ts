import { makeTextPdf, type TextLine } from './vietnamese-pdf.ts';

interface CleanLetter {
  /** Lines of the head, the last one the agency itself. */
  readonly agency: readonly [string, string];
  readonly notation: string;
  /** Without "V/v". */
  readonly subject: string;
  readonly addressee: string;
  readonly signerTitle: string;
  readonly signerName: string;
  /** Number and day stand on it; otherwise they are left open, to be stamped. */
  readonly issued?: { readonly number: string; readonly day: string };
}

/** A công văn laid out as Nghị định 30/2020, Phụ lục I has it, in which everything can be read. */
export function cleanLetter(letter: CleanLetter): Uint8Array {
  const { agency, notation, subject, addressee, signerTitle, signerName, issued } = letter;
  const [year, month, day] = (issued?.day ?? new Date().toISOString().slice(0, 10)).split('-');
  const dayWords = issued === undefined ? '      ' : ` ${day} `;
  const lines: readonly TextLine[] = [
    { text: agency[0], x: 60, y: 790 },
    { text: agency[1], x: 75, y: 774 },
    { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', x: 310, y: 790 },
    { text: 'Độc lập - Tự do - Hạnh phúc', x: 340, y: 774 },
    { text: `Số: ${issued?.number ?? '        '}/${notation}`, x: 80, y: 740 },
    { text: `Đắk Lắk, ngày${dayWords}tháng ${Number(month)} năm ${year}`, x: 320, y: 740 },
    { text: `V/v ${subject}`, x: 50, y: 720, size: 12 },
    { text: `Kính gửi: ${addressee}`, x: 150, y: 670 },
    { text: `Đề nghị quý cơ quan ${subject}, báo cáo kết quả theo quy định./.`, x: 60, y: 640, size: 12 },
    { text: 'Nơi nhận:', x: 60, y: 400 },
    { text: '- Như trên;', x: 60, y: 386 },
    { text: '- Lưu: VT.', x: 60, y: 372 },
    { text: signerTitle, x: 380, y: 400 },
    { text: signerName, x: 378, y: 300 },
  ];
  return makeTextPdf(lines);
}
