import type { PaperState } from '#shared/domain/document-fields.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { Urgency } from '#shared/domain/urgency.ts';

export const common = {
  locale: 'vi',
  cancel: 'Hủy',
  close: 'Đóng',
  save: 'Lưu',
  retry: 'Thử lại',
  undo: 'Hoàn tác',
  back: 'Quay lại',
  loading: 'Đang mở…',
  reference: 'Mã tra cứu cho bộ phận kỹ thuật: {{id}}',
  notADate: 'Ngày không có thật. Gõ ngày/tháng/năm, ví dụ 22/05/2026.',
  notADateTime: 'Ngày giờ không đúng. Gõ ngày/tháng/năm giờ:phút, ví dụ 26/05/2026 17:00.',
  notACount: 'Không phải số lượng. Gõ một số từ 1 đến {{max}}.',
  required: 'Ô này chưa có nội dung.',
  source: { page: 'từ văn bản', header: 'từ nơi gửi', check: 'kiểm tra' },
  urgency: {
    normal: 'Thường',
    urgent: 'Khẩn',
    'very-urgent': 'Thượng khẩn',
    express: 'Hỏa tốc',
    'express-timed': 'Hỏa tốc hẹn giờ',
  } satisfies Record<Urgency, string>,
  paper: { none: 'Không có bản giấy', expected: 'Bản giấy chưa đến', arrived: 'Bản giấy đã đến' } satisfies Record<
    PaperState,
    string
  >,
  roles: {
    'records-clerk': 'văn thư',
    leader: 'lãnh đạo',
    officer: 'chuyên viên',
    administrator: 'quản trị',
  } satisfies Record<Role, string>,
  weekday: {
    monday: 'thứ Hai',
    tuesday: 'thứ Ba',
    wednesday: 'thứ Tư',
    thursday: 'thứ Năm',
    friday: 'thứ Sáu',
    saturday: 'thứ Bảy',
    sunday: 'Chủ nhật',
  },
  yesterday: 'Hôm qua',
  remaining: {
    days_other: 'còn {{count}} ngày',
    hours: 'còn {{hours}} giờ {{minutes}} phút',
    minutes_other: 'còn {{count}} phút',
  },
  overdue: {
    days_other: 'quá {{count}} ngày',
    hours: 'quá {{hours}} giờ {{minutes}} phút',
    minutes_other: 'quá {{count}} phút',
  },
};
