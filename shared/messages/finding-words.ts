import type { FileAnomaly } from '../domain/file-anomaly.ts';
import type { FindingCode } from '../domain/verification.ts';

/** Why the authority of a time stamp is not believed: what judging its certificate found. */
type Cause = Extract<FindingCode, `CERT_${string}` | `REVOCATION_${string}`>;

/** Words for parameters of findings that are codes: they stand within a sentence. */
export interface FindingWords {
  readonly anomalies: Readonly<Record<FileAnomaly, string>>;
  readonly causes: Readonly<Record<Cause, string>>;
}

export const findingWordsVi: FindingWords = {
  anomalies: {
    DUPLICATE_KEY: 'một mục được ghi hai lần',
    FOREIGN_BYTES: 'có dữ liệu lạ chen giữa các phần',
    GENERATION: 'có chỗ trỏ đến một phiên bản khác của nội dung',
    HYBRID_CONFLICT: 'hai bảng tra cứu chỉ đến nội dung khác nhau',
    OBJECT_STREAM: 'một gói nội dung sắp xếp không đúng',
    OBJECT_TAKEN_BACK: 'có nội dung ghi sau bị đổi về bản cũ',
    OBJECT_UNLISTED: 'có nội dung không nằm trong bảng tra cứu',
    OBJECT_UNREADABLE: 'có phần không đọc được',
    OBJECT_ZERO: 'nội dung số 0 bị sử dụng',
    REFERENCE_CHAIN: 'có chỗ trỏ vòng qua chỗ trỏ khác',
    REVISION_CHAIN: 'các lần lưu không nối tiếp nhau',
    REVISION_ORDER: 'các lần lưu không theo thứ tự',
    STARTXREF_FAR: 'phần kết thúc không ở cuối tệp',
    TRAILER_NUMBER: 'phần kết thúc ghi số không đúng mẫu',
    TRAILER_SIZE: 'phần kết thúc ghi sai số lượng nội dung',
    XREF_DUPLICATE: 'bảng tra cứu ghi một nội dung hai lần',
    XREF_ENTRY: 'bảng tra cứu có dòng sai mẫu',
    XREF_OFFSET: 'vị trí bảng tra cứu ghi lệch',
    XREF_OFFSET_ZERO: 'bảng tra cứu chỉ đến đầu tệp',
    XREF_SUBSECTION: 'bảng tra cứu đánh số lệch',
  },
  causes: {
    CERT_UNTRUSTED: 'nơi cấp chưa được tin cậy',
    CERT_EXPIRED: 'chứng thư đã hết hạn',
    CERT_NOT_YET_VALID: 'chứng thư chưa có hiệu lực',
    CERT_REVOKED: 'chứng thư đã bị thu hồi',
    CERT_WRONG_USAGE: 'chứng thư không dùng để cấp dấu thời gian',
    CERT_CHAIN_INVALID: 'chuỗi chứng thư không hợp lệ',
    REVOCATION_NOT_CHECKED: 'chưa kiểm tra được việc thu hồi',
    REVOCATION_STALE: 'dữ liệu về thu hồi đã cũ',
  },
};

export const findingWordsEn: FindingWords = {
  anomalies: {
    DUPLICATE_KEY: 'an entry is written twice',
    FOREIGN_BYTES: 'there is foreign data between its parts',
    GENERATION: 'something points to another version of its content',
    HYBRID_CONFLICT: 'two tables point to different contents',
    OBJECT_STREAM: 'a bundle of contents is out of order',
    OBJECT_TAKEN_BACK: 'a content written later gave way to an older one',
    OBJECT_UNLISTED: 'there is content that no table lists',
    OBJECT_UNREADABLE: 'a part cannot be read',
    OBJECT_ZERO: 'content number 0 is in use',
    REFERENCE_CHAIN: 'something points to a mere pointer',
    REVISION_CHAIN: 'its savings do not follow each other',
    REVISION_ORDER: 'its savings are out of order',
    STARTXREF_FAR: 'its end does not stand at the end',
    TRAILER_NUMBER: 'its end has a number of the wrong form',
    TRAILER_SIZE: 'its end says the wrong number of contents',
    XREF_DUPLICATE: 'the table lists a content twice',
    XREF_ENTRY: 'the table has a line of the wrong form',
    XREF_OFFSET: 'the place of the table is off',
    XREF_OFFSET_ZERO: 'the table points to the start of the file',
    XREF_SUBSECTION: 'the table counts from the wrong number',
  },
  causes: {
    CERT_UNTRUSTED: 'its issuer is not trusted',
    CERT_EXPIRED: 'its certificate has expired',
    CERT_NOT_YET_VALID: 'its certificate is not valid yet',
    CERT_REVOKED: 'its certificate is revoked',
    CERT_WRONG_USAGE: 'its certificate is not made for time stamps',
    CERT_CHAIN_INVALID: 'its chain of certificates is not valid',
    REVOCATION_NOT_CHECKED: 'its revocation could not be checked',
    REVOCATION_STALE: 'what is known of its revocation is old',
  },
};
