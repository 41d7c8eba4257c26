/**
 * Texts of what the shell itself shows: menus, dialogs, notifications and the recovery page. `{name}` stands for a
 * parameter.
 */
export const shellVi = {
  menu: {
    file: '&Tệp',
    newOutgoing: '&Văn bản đi mới…',
    settings: '&Cài đặt',
    exportDiagnostics: '&Xuất tệp chẩn đoán…',
    quit: 'T&hoát',
    edit: '&Sửa',
    undo: '&Hoàn tác',
    redo: '&Làm lại',
    cut: '&Cắt',
    copy: '&Sao chép',
    paste: '&Dán',
    selectAll: 'Chọn &tất cả',
    view: '&Xem',
    zoomIn: 'Phóng &to',
    zoomOut: 'Thu &nhỏ',
    resetZoom: 'Cỡ chữ &gốc',
    fullScreen: 'Toàn &màn hình',
    help: 'Trợ &giúp',
    feedback: '&Gửi vướng mắc…',
    about: '&Giới thiệu Văn Thư',
  },
  tray: {
    tooltip: 'Văn Thư',
    open: 'Mở Văn Thư',
    quit: 'Thoát',
    stays: 'Văn Thư vẫn chạy ở khay hệ thống',
    staysWhy: 'Văn bản hỏa tốc đến sẽ được báo ngay. Muốn tắt hẳn, bấm chuột phải vào biểu tượng ở khay và chọn Thoát.',
  },
  about: {
    title: 'Giới thiệu Văn Thư',
    text: 'Văn Thư {version}',
    detail: 'Đăng ký, ký số và gửi nhận văn bản hành chính.\nElectron {electron}',
    close: 'Đóng',
  },
  dialogs: {
    pickArrival: 'Chọn văn bản đến (tệp PDF hoặc thư điện tử)',
    filterArrival: 'Tệp PDF, thư điện tử (.eml, .msg, winmail.dat)',
    pickLetter: 'Chọn văn bản (tệp PDF)',
    pickAttachment: 'Chọn phụ lục, tài liệu kèm theo',
    pickCertificate: 'Chọn tệp chứng thư số (PKCS#12)',
    pickImage: 'Chọn ảnh chữ ký hoặc ảnh con dấu (PNG)',
    pickBackupPlace: 'Chọn nơi lưu bản sao: ổ đĩa khác, ổ mạng hoặc USB',
    pick: 'Chọn',
    saveCopy: 'Lưu bản sao',
    save: 'Lưu',
    exportDiagnostics: 'Lưu tệp chẩn đoán',
    diagnosticsName: 'van-thu-chan-doan',
    filterPdf: 'Tệp PDF',
    filterAttachment: 'Tài liệu kèm theo',
    filterXlsx: 'Bảng tính Excel',
    filterDocx: 'Văn bản Word',
    filterEdxml: 'Tệp văn bản điện tử',
    filterPkcs12: 'Tệp PKCS#12',
    filterPng: 'Ảnh PNG',
    filterJson: 'Tệp JSON',
    filterCalendar: 'Lịch (iCalendar)',
  },
  /** Of a notice of an express document with a fixed hour. */
  openBefore: 'Mở trước {time} ngày {date}',
  noticeWhileLocked: 'Mở khóa Văn Thư để xem.',
  notices: {
    'express-arrived': { title: 'Văn bản hỏa tốc đến', body: '{agencyName} · {codeText}\n{abstract}\n{until}' },
    arrived: { title: 'Văn bản đến', body: '{count} văn bản mới chờ vào sổ' },
    refused: { title: 'Văn bản bị trả lại', body: '{agencyName} trả lại {codeText}\n{reason}' },
    'extension-asked': { title: 'Xin gia hạn', body: '{agencyName} xin gia hạn {codeText}\n{reason}' },
    'hour-changed': {
      title: 'Đổi giờ hỏa tốc',
      body: '{agencyName} đổi giờ của {codeText}. Mở Văn Thư để xem giờ mới.',
    },
    'feedback-answered': { title: 'Có trả lời vướng mắc', body: '{count} trả lời mới. Bấm để đọc.' },
    'hour-kept': {
      title: 'Giờ hỏa tốc chưa đổi được',
      body: '{codeText} vẫn theo giờ cũ. Mở văn bản để xem lý do và chọn giờ khác.',
    },
    'sending-blocked': {
      title: 'Chưa gửi được văn bản',
      body: '{codeText} còn trên máy này. Mở văn bản để xem lý do và gửi lại.',
    },
  },
  recovery: {
    heading: 'Văn Thư chưa mở được hồ sơ',
    keptLabel: 'Những gì còn giữ',
    nextLabel: 'Việc cần làm',
    codeLabel: 'Mã lỗi',
    restoreLabel: 'Phục hồi từ bản sao lưu',
    restoreText:
      'Cơ sở dữ liệu hiện có được giữ nguyên trong thư mục dữ liệu. Những gì ghi sau bản sao lưu không có trong đó; văn bản đến sẽ tự tải lại khi có mạng.',
    restore: 'Phục hồi bản {time} ngày {date} ({count} văn bản)',
    noBackups: 'Không thấy bản sao lưu nào. Cắm USB hoặc nối ổ mạng có bản sao lưu, rồi chỉ thư mục đó.',
    choosePlace: 'Chỉ nơi lưu bản sao…',
    restoring: 'Đang phục hồi từ bản sao lưu. Đừng tắt máy; xong việc, Văn Thư tự mở lại.',
    notRestored: 'Chưa phục hồi được: {what} {next}',
    tryAgain: 'Thử lại',
    exportDiagnostics: 'Xuất tệp chẩn đoán',
    quit: 'Thoát',
  },
  failures: {
    FOLDER_IN_USE: {
      what: 'Thư mục dữ liệu đang được một phiên Văn Thư khác sử dụng.',
      kept: 'Dữ liệu còn nguyên; phiên này chưa ghi gì.',
      next: 'Dùng cửa sổ Văn Thư đang mở. Nếu không thấy cửa sổ nào, đóng Văn Thư ở các phiên đăng nhập khác trên máy này rồi bấm Thử lại.',
    },
    DATABASE_NEWER: {
      what: 'Dữ liệu do một phiên bản Văn Thư mới hơn tạo ra.',
      kept: 'Dữ liệu còn nguyên; phiên bản này không mở và không sửa.',
      next: 'Cập nhật Văn Thư trên máy này lên phiên bản mới nhất rồi mở lại.',
    },
    DATABASE_DAMAGED: {
      what: 'Tệp cơ sở dữ liệu bị hỏng.',
      kept: 'Tệp hỏng và các bản sao lưu được giữ nguyên trong thư mục dữ liệu; các văn bản PDF lưu riêng và không bị ảnh hưởng.',
      next: 'Phục hồi từ bản sao lưu mới nhất ở dưới. Nếu không có bản nào, xuất tệp chẩn đoán và gửi cho cán bộ công nghệ thông tin. Không xóa thư mục dữ liệu.',
    },
    FOLDER_NOT_WRITABLE: {
      what: 'Không ghi được vào thư mục dữ liệu.',
      kept: 'Dữ liệu đã có còn nguyên.',
      next: 'Kiểm tra quyền ghi và ổ đĩa của thư mục dữ liệu (có thể đang chỉ đọc hoặc mất kết nối) rồi bấm Thử lại.',
    },
    DISK_FULL: {
      what: 'Ổ đĩa đã đầy.',
      kept: 'Dữ liệu đã lưu còn nguyên; thao tác dở dang không để lại phần nào.',
      next: 'Giải phóng chỗ trên ổ đĩa rồi bấm Thử lại.',
    },
    CORE_CRASHED: {
      what: 'Phần xử lý hồ sơ dừng đột ngột nhiều lần liên tiếp.',
      kept: 'Mọi việc đã xong trước đó còn nguyên; việc dở dang có thể làm lại mà không bị trùng. Những gì đang nhập vẫn ở cửa sổ chính.',
      next: 'Bấm Thử lại. Nếu vẫn lỗi, xuất tệp chẩn đoán và gửi cho cán bộ công nghệ thông tin.',
    },
    UNEXPECTED: {
      what: 'Có lỗi chưa rõ nguyên nhân khi mở dữ liệu.',
      kept: 'Dữ liệu đã lưu còn nguyên.',
      next: 'Bấm Thử lại. Nếu vẫn lỗi, xuất tệp chẩn đoán và gửi cho cán bộ công nghệ thông tin.',
    },
  },
} as const;

type Texts<Node> = { readonly [Key in keyof Node]: Node[Key] extends string ? string : Texts<Node[Key]> };

/** Every language has exactly these texts: one missing or left over does not compile. */
export type ShellMessages = Texts<typeof shellVi>;
