export const directory = {
  search: 'Tìm cơ quan theo tên hoặc mã, gõ không dấu cũng được',
  name: 'Cơ quan',
  parent: 'Cơ quan cấp trên',
  group: 'Nhóm',
  code: 'Mã định danh',
  total_other: '{{count}} cơ quan',
  shown: 'Đang hiện {{shown}} trong {{total}} cơ quan; gõ thêm để thu hẹp.',
  empty: 'Danh bạ chưa có cơ quan nào',
  emptyText: 'Danh bạ tự tải về sau khi máy được đăng ký với trục liên thông.',
  noMatch: 'Không có cơ quan nào khớp với “{{text}}”',
  noMatchText: 'Thử ít từ hơn, hoặc gõ mã định danh.',
};
