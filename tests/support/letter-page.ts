import type { LetterPage } from '#shared/domain/reminder-letter.ts';

/** A công văn in all its parts. */
export const letterPage: LetterPage = {
  parentAgency: 'Ủy ban nhân dân tỉnh Đắk Lắk',
  agency: 'Văn phòng',
  notation: 'VPUBND-HCTC',
  subject: 'tăng cường thực hiện gửi, nhận văn bản điện tử',
  place: 'Đắk Lắk',
  month: 11,
  year: 2026,
  addressees: ['Các Sở, ban, ngành', 'UBND các huyện, thị xã, thành phố'],
  paragraphs: ['Văn phòng đã theo dõi.', '1. Mở muộn văn bản hỏa tốc: Sở <A> & B (3/4 văn bản).'],
  recipientLines: ['Như trên', 'Lưu: VT'],
  authority: 'TL. Chủ tịch',
  signerTitle: 'Chánh Văn phòng',
  signerName: 'Bùi Hồng Quý',
};
