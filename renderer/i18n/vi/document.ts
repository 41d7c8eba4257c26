import type { ExchangeStatusCode } from '#shared/domain/exchange-status.ts';
import type { HistoryAction } from '#shared/domain/history.ts';

export const document = {
  history: {
    label: 'Nhật ký',
    empty: 'Chưa có việc nào được ghi',
    office: 'Văn thư cơ quan',
    exchange: 'Trục liên thông',
    unknown: 'Thao tác {{action}}',
  },
  onDay: 'ngày {{date}}',
  actions: {
    outgoing: {
      created: 'Tạo dự thảo từ tệp {{file}}',
      edited: 'Sửa dự thảo',
      discarded: 'Xóa dự thảo',
      restored: 'Khôi phục dự thảo',
      approved: 'Trình ký',
      reopened: 'Trả về dự thảo',
      numbered: 'Cấp số {{codeText}}',
      cancelled: 'Hủy số; lý do: {{reason}}',
      signed: 'Ký số',
      sealed: 'Đóng dấu của cơ quan',
      queued: 'Xếp hàng gửi tới {{recipients}} nơi',
      sent: 'Máy chủ đã nhận văn bản để chuyển',
      'refused-by-exchange': 'Máy chủ không nhận: {{error}}',
      'lost-by-exchange': 'Trục liên thông không còn văn bản này; gửi lại',
      'status-reported': '{{name}}',
    } satisfies Record<HistoryAction<'outgoing'>, string>,
    incoming: {
      arrived: 'Văn bản đến',
      'received-again': 'Nhận lại cùng văn bản, không thêm vào danh sách',
      opened: 'Mở xem lần đầu',
      registered: 'Vào sổ, số đến {{arrivalNumber}}',
      returned: 'Trả lại nơi gửi; lý do: {{reason}}',
      completed: 'Xử lý xong',
      'refused-by-exchange': 'Máy chủ không nhận báo cáo trạng thái: {{error}}',
    } satisfies Record<HistoryAction<'incoming'>, string>,
  },
  /** Reports of the recipients (edXML StatusCode). */
  statuses: {
    '01': 'Đã đến',
    '02': 'Từ chối tiếp nhận',
    '03': 'Đã tiếp nhận',
    '04': 'Đã phân công',
    '05': 'Đang xử lý',
    '06': 'Đã hoàn thành',
    '13': 'Yêu cầu lấy lại',
    '15': 'Đồng ý cập nhật hoặc lấy lại',
    '16': 'Từ chối cập nhật hoặc lấy lại',
  } satisfies Record<ExchangeStatusCode, string>,
  statusReason: '{{name}}: {{reason}}',
  attachments: {
    label: 'Tệp kèm theo',
    download: 'Tải về {{name}}',
    pages_other: '{{count}} trang',
    open: 'Xem {{name}}',
    view: 'Xem',
    save: 'Tải về',
    showing: 'Đang xem tệp kèm theo:',
    back: 'Về danh sách tệp',
  },
};
