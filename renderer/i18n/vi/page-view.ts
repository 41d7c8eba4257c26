export const pageView = {
  tools: 'Công cụ xem trang',
  pages: 'Các trang của văn bản',
  page: 'Trang {{page}} / {{total}}',
  fitWidth: 'Vừa chiều ngang',
  zoomIn: 'Phóng to',
  zoomOut: 'Thu nhỏ',
  download: 'Tải về',
  print: 'In',
  tooManyPages:
    'Tệp có {{pages}} trang, nhiều hơn {{most}} trang in được một lần. Tải tệp về để in bằng chương trình đọc PDF.',
  notPrintable: 'Không chuẩn bị được trang để in. Tải tệp về để in bằng chương trình khác.',
  stamp: 'Dấu ĐẾN số {{number}}',
  stampMove: 'Kéo, hoặc dùng phím mũi tên, để dời dấu. Tệp đã lưu giữ nguyên.',
  loading: 'Đang mở trang…',
  pageFailed: 'Trang này không vẽ được. Tải tệp về để xem bằng chương trình khác.',
  faults: {
    missing: {
      what: 'Không tìm thấy tệp trong kho',
      next: 'Thông tin vào sổ vẫn còn. Báo cán bộ công nghệ thông tin để khôi phục tệp từ bản sao lưu.',
    },
    encrypted: {
      what: 'Tệp PDF có mật khẩu',
      next: 'Không mở được trang. Đề nghị nơi gửi bỏ mật khẩu và gửi lại, hoặc tải về để mở bằng mật khẩu.',
    },
    broken: {
      what: 'Tệp PDF bị hỏng',
      next: 'Tệp được giữ nguyên như khi nhận. Tải về để thử bằng chương trình khác, hoặc đề nghị nơi gửi gửi lại.',
    },
  },
};
