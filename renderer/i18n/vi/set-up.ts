export const setUp = {
  title: 'Chuẩn bị máy này',
  steps: 'Các bước chuẩn bị',
  step: { office: 'Cơ quan', certificates: 'Chứng thư số', books: 'Số bắt đầu của sổ' },
  how: 'Máy này làm việc thế nào?',
  online: 'Nối với trục liên thông',
  onlineText: 'Có địa chỉ máy chủ và mã đăng ký. Gửi, nhận văn bản với cơ quan khác.',
  local: 'Làm việc tại chỗ',
  localText: 'Chưa có mã đăng ký. Vào sổ, lập dự thảo và ký được ngay; nối trục sau trong Cài đặt.',
  done: 'Xong',
  next: 'Tiếp tục',
  later: 'Có thể đổi lại sau trong Cài đặt.',
  finish: 'Mở danh sách văn bản',
};
