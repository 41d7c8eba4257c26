import type { DueRuleKind } from '#shared/domain/due-rule.ts';
import type { IncomingFieldName, OutgoingFieldName, PaperState } from '#shared/domain/document-fields.ts';

/** Names of what is filled in, the same in forms, details and messages; a field without its name does not compile. */
export const fields = {
  incoming: {
    agencyName: 'Cơ quan ban hành',
    codeText: 'Số, ký hiệu',
    date: 'Ngày văn bản',
    documentType: 'Loại',
    urgency: 'Độ khẩn',
    abstract: 'Trích yếu',
    signerName: 'Người ký',
    signerTitle: 'Chức vụ',
    dueAt: 'Hạn giải quyết',
    paper: 'Bản giấy',
    forwardTo: 'Chuyển tới',
  } satisfies Record<IncomingFieldName, string>,
  outgoing: {
    documentType: 'Loại',
    urgency: 'Độ khẩn',
    printedNumber: 'Số in trên văn bản',
    notation: 'Ký hiệu',
    date: 'Ngày',
    place: 'Địa danh',
    agencyName: 'Cơ quan ban hành',
    abstract: 'Trích yếu',
    authority: 'Quyền hạn ký',
    signerTitle: 'Chức vụ',
    signerName: 'Người ký',
    expressAt: 'Giờ hẹn',
    dueRule: 'Cách tính hạn',
    dueAt: 'Hạn trả lời',
    addressees: 'Kính gửi',
    recipientLines: 'Nơi nhận',
    paperFollows: 'Gửi kèm bản giấy',
  } satisfies Record<OutgoingFieldName, string>,
  paper: { none: 'Không có', expected: 'Chưa đến', arrived: 'Đã đến' } satisfies Record<PaperState, string>,
  dueRule: {
    kind: { fixed: 'theo ngày giờ', 'working-days': 'ngày làm việc', 'working-hours': 'giờ làm việc' },
    count: 'Trong bao nhiêu',
  } satisfies { kind: Record<DueRuleKind | 'fixed', string>; count: string },
  onePerLine: 'mỗi dòng một nơi',
};
