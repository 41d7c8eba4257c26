import type { TrailFault } from '#shared/contract/audit.ts';

export const trail = {
  check: 'Kiểm ngay',
  checking: 'Đang kiểm: {{done}} trên {{total}}',
  unchecked: 'Chưa kiểm lần nào trên máy này.',
  whole: 'Đã kiểm đến dòng {{row}} lúc {{time}}, nguyên vẹn.',
  broken: 'Đứt ở dòng {{row}}: {{what}}. Kiểm lúc {{time}}.',
  brokenNext:
    'Giữ nguyên thư mục dữ liệu, chép lại dòng này và báo bộ phận công nghệ thông tin: vanthu audit verify cho biết chi tiết.',
  faults: {
    'row-missing': 'thiếu dòng, hoặc dòng sai thứ tự',
    'row-changed': 'dòng đã bị sửa, hoặc do người khác đưa vào',
    'history-changed': 'nhật ký của văn bản ghi khác',
    'history-without-row': 'nhật ký của văn bản có việc không có ở đây',
    'cut-off': 'mất các dòng cuối, trước đây nhật ký dài hơn',
  } satisfies Record<TrailFault, string>,
  excel: 'Xuất Excel',
  json: 'Xuất JSON',
  exported: 'Đã xuất {{count}} dòng nhật ký.',
  filter: 'Lọc nhật ký',
  person: 'Người thực hiện',
  nobody: 'Chương trình, trục liên thông',
  kind: 'Loại việc',
  document: 'Số, ký hiệu văn bản',
  oneDocument: 'Chỉ văn bản vừa xem',
  ofDocument: 'Xem trong nhật ký hệ thống',
  fresh: 'Xem {{count}} dòng mới',
  loading: 'Đang đọc nhật ký…',
  none: 'Không có việc nào khớp',
  noneText: 'Bỏ bớt điều kiện lọc, hoặc chọn khoảng ngày rộng hơn.',
  noCode: '(chưa có số)',
  columns: { at: 'Thời điểm', who: 'Người thực hiện', act: 'Việc', document: 'Văn bản' },
};
