export interface ErrorWords {
  readonly what: string;
  readonly kept: string;
  readonly next: string;
}

/** For every error code: what happened, what was kept, what to do next. */
export const errors = {
  UNEXPECTED: {
    what: 'Có lỗi ngoài dự kiến, việc vừa làm chưa xong.',
    kept: 'Sổ sách và tệp đã lưu vẫn nguyên.',
    next: 'Thử lại; nếu vẫn lỗi, xuất tệp chẩn đoán trong Cài đặt và gửi cho bộ phận kỹ thuật.',
  },
  INVALID_INPUT: {
    what: 'Có ô chưa đúng nên chưa ghi được.',
    kept: 'Phần đã nhập vẫn còn trên màn hình.',
    next: 'Xem lại các ô được đánh dấu rồi làm lại.',
  },
  UNKNOWN_CALL: {
    what: 'Màn hình và phần xử lý không cùng phiên bản.',
    kept: 'Sổ sách và tệp đã lưu vẫn nguyên.',
    next: 'Đóng rồi mở lại chương trình.',
  },
  PAYLOAD_TOO_LARGE: {
    what: 'Nội dung quá dài nên chưa ghi được.',
    kept: 'Phần đã nhập vẫn còn trên màn hình.',
    next: 'Rút ngắn nội dung hoặc bớt nơi nhận rồi làm lại.',
  },
  CORE_UNAVAILABLE: {
    what: 'Chương trình đang khởi động lại phần xử lý.',
    kept: 'Việc vừa làm không bị ghi hai lần; dữ liệu đã lưu vẫn nguyên.',
    next: 'Đợi vài giây rồi bấm Thử lại.',
  },
  SIGNED_OUT: {
    what: 'Màn hình đang khóa nên chưa làm việc này.',
    kept: 'Sổ sách và tệp đã lưu vẫn nguyên; phần đã nhập vẫn còn.',
    next: 'Chọn tên, gõ mã PIN để mở khóa rồi làm lại.',
  },
  NOT_ALLOWED: {
    what: 'Người đang dùng máy không được giao việc này nên chưa làm.',
    kept: 'Sổ sách và tệp đã lưu vẫn nguyên; phần đã nhập vẫn còn trên màn hình.',
    next: 'Nhờ người được giao làm, hoặc đề nghị quản trị của cơ quan giao thêm quyền.',
  },
  LIMITED_DOCUMENT: {
    what: 'Văn bản phạm vi hẹp: chỉ những người được nêu tên và người đang giải quyết mới xem được.',
    kept: 'Văn bản vẫn nguyên trong sổ.',
    next: 'Cần xem thì hỏi văn thư hoặc lãnh đạo; mọi lần mở đều được ghi lại.',
  },
  NOT_FOUND: {
    what: 'Không còn tìm thấy mục này.',
    kept: 'Các văn bản khác không bị ảnh hưởng.',
    next: 'Quay lại danh sách và mở lại.',
  },
  STALE_REVISION: {
    what: 'Văn bản đã thay đổi từ lúc mở, nên lần ghi này chưa được nhận.',
    kept: 'Bản mới nhất trong sổ vẫn nguyên; phần vừa nhập vẫn còn trên màn hình.',
    next: 'Xem bản mới nhất rồi làm lại.',
  },
  WRONG_STATE: {
    what: 'Văn bản đã sang bước khác nên không làm được việc này nữa.',
    kept: 'Trạng thái hiện tại của văn bản được giữ nguyên.',
    next: 'Xem trạng thái mới rồi chọn bước tiếp theo.',
  },
  DISK_FULL: {
    what: 'Ổ đĩa đã đầy nên chưa lưu được.',
    kept: 'Dữ liệu đã lưu trước đó vẫn nguyên, không có gì ghi dở.',
    next: 'Xóa bớt tệp không cần trên ổ đĩa rồi bấm Thử lại.',
  },
  FILE_HELD: {
    what: 'Một chương trình khác (thường là phần mềm diệt vi-rút) đang giữ tệp nên chưa đọc hoặc ghi được.',
    kept: 'Dữ liệu đã lưu trước đó vẫn nguyên, không có gì ghi dở.',
    next: 'Chờ một lát rồi bấm Thử lại. Nếu còn lặp lại, báo người quản trị cho phần mềm diệt vi-rút bỏ qua thư mục dữ liệu.',
  },
  FILE_TOKEN_EXPIRED: {
    what: 'Tệp đã chọn không còn dùng được vì chọn quá lâu hoặc đã dùng rồi.',
    kept: 'Phần đã nhập vẫn còn trên màn hình.',
    next: 'Chọn lại tệp.',
  },
  FILE_UNREADABLE: {
    what: 'Không đọc được tệp đã chọn.',
    kept: 'Chưa có gì được ghi vào sổ; tệp gốc không bị thay đổi.',
    next: 'Kiểm tra tệp có đang mở ở chương trình khác hay ổ đĩa đã tháo ra, rồi chọn lại.',
  },
  FILE_MISSING: {
    what: 'Thiếu tệp của văn bản này trong kho lưu.',
    kept: 'Thông tin trong sổ vẫn nguyên.',
    next: 'Lấy lại tệp từ bản sao lưu, hoặc thêm lại văn bản từ tệp gốc.',
  },
  PRINT_FAILED: {
    what: 'Không in được.',
    kept: 'Văn bản và sổ vẫn nguyên.',
    next: 'Kiểm tra máy in đã bật và nối với máy tính, rồi in lại; hoặc lưu tệp PDF.',
  },
  FILE_NOT_WRITTEN: {
    what: 'Không ghi được tệp vào chỗ đã chọn.',
    kept: 'Tệp trong kho lưu vẫn nguyên.',
    next: 'Chọn thư mục khác, hoặc đóng tệp cùng tên đang mở.',
  },
  PDF_NOT_PDF: {
    what: 'Tệp này không phải là PDF.',
    kept: 'Chưa có gì được ghi vào sổ.',
    next: 'Xuất văn bản ra PDF rồi chọn tệp PDF đó.',
  },
  PDF_EMPTY: {
    what: 'Tệp PDF rỗng, không có nội dung.',
    kept: 'Chưa có gì được ghi vào sổ.',
    next: 'Xuất lại PDF từ bản gốc rồi chọn lại.',
  },
  PDF_ENCRYPTED: {
    what: 'Tệp PDF có mật khẩu bảo vệ.',
    kept: 'Chưa có gì bị thay đổi; tệp gốc vẫn nguyên.',
    next: 'Xin bản PDF không đặt mật khẩu rồi chọn lại.',
  },
  PDF_PASSWORD_WRONG: {
    what: 'Mật khẩu không mở được tệp PDF này.',
    kept: 'Chưa có gì bị thay đổi; tệp gốc vẫn nguyên.',
    next: 'Kiểm tra kiểu gõ, chữ hoa chữ thường rồi nhập lại; nếu vẫn không được, hỏi lại mật khẩu ở nơi gửi tệp.',
  },
  PDF_ENCRYPTION_UNSUPPORTED: {
    what: 'Tệp PDF được khóa theo cách mà phần mềm này không mở được (bằng chứng thư hoặc thuật toán lạ).',
    kept: 'Chưa có gì bị thay đổi; tệp gốc vẫn nguyên.',
    next: 'Xin bản PDF không khóa, hoặc bản đặt mật khẩu theo chuẩn AES-256.',
  },
  PDF_ENCRYPTION_CHANGED: {
    what: 'Cách mã hóa của tệp PDF này đã bị thay đổi ở lần lưu sau, nên nội dung không còn đáng tin.',
    kept: 'Chưa có gì bị thay đổi; tệp gốc vẫn nguyên.',
    next: 'Không sử dụng tệp này; xin nơi gửi gửi lại bản gốc.',
  },
  PDF_BROKEN: {
    what: 'Tệp PDF bị hỏng, không đọc được.',
    kept: 'Chưa có gì bị thay đổi; tệp gốc vẫn nguyên.',
    next: 'Quét lại hoặc xuất lại PDF; nếu phần mềm khác vẫn mở xem được thì từ đó in ra tệp PDF mới (Print to PDF). Tệp nhận được thì xin nơi gửi gửi lại.',
  },
  PDF_TOO_LARGE: {
    what: 'Tệp PDF quá lớn.',
    kept: 'Chưa có gì được ghi vào sổ.',
    next: 'Giảm dung lượng (quét ở 200 dpi, hoặc tách phụ lục thành tệp riêng) rồi chọn lại.',
  },
  PDF_TOO_COMPLEX: {
    what: 'Tệp PDF quá phức tạp để kiểm tra hết.',
    kept: 'Tệp gốc vẫn nguyên.',
    next: 'Xuất lại PDF từ bản gốc rồi thử lại.',
  },
  READING_LIMIT: {
    what: 'Tệp này tốn quá nhiều thời gian hoặc bộ nhớ, nên chưa đọc được.',
    kept: 'Tệp gốc vẫn nguyên; chương trình vẫn làm việc bình thường.',
    next: 'Xuất lại PDF từ bản gốc, hoặc xin nơi gửi gửi lại.',
  },
  READER_UNAVAILABLE: {
    what: 'Phần đọc tệp chưa chạy được lúc này.',
    kept: 'Chưa có gì bị thay đổi.',
    next: 'Bấm Thử lại; nếu vẫn lỗi, khởi động lại chương trình.',
  },
  PDF_NO_SUCH_PAGE: {
    what: 'Văn bản không có trang này.',
    kept: 'Tệp gốc vẫn nguyên.',
    next: 'Chọn một trang có trong văn bản.',
  },
  PDF_NO_SUCH_SIGNATURE: {
    what: 'Không tìm thấy chữ ký này trong văn bản.',
    kept: 'Tệp gốc vẫn nguyên.',
    next: 'Mở lại văn bản để xem các chữ ký hiện có.',
  },
  STAMP_ALREADY_SIGNED: {
    what: 'Văn bản đã ký nên không ghi thêm số, ngày lên trang được.',
    kept: 'Chữ ký vẫn nguyên.',
    next: 'Dùng bản chưa ký của văn bản để cấp số.',
  },
  STAMP_TEXT_UNSUPPORTED: {
    what: 'Có ký tự không in được lên trang.',
    kept: 'Trang văn bản chưa bị thay đổi.',
    next: 'Sửa ký hiệu hoặc nội dung rồi làm lại.',
  },
  RELATED_TO_ITSELF: {
    what: 'Văn bản này không liên quan với chính nó.',
    kept: 'Chưa thêm liên quan nào.',
    next: 'Chọn văn bản khác.',
  },
  DUPLICATE_DOCUMENT: {
    what: 'Văn bản này có thể đã vào sổ: trùng nơi gửi, số và ngày.',
    kept: 'Chưa cấp số đến; phần đã nhập vẫn còn.',
    next: 'Xem văn bản trùng; nếu vẫn cần, chọn vào sổ thêm lần nữa.',
  },
  NO_SENDER: {
    what: 'Văn bản này đến bằng bản giấy, trên trục liên thông không có nơi gửi để trả lại.',
    kept: 'Văn bản vẫn chờ vào sổ; chưa báo cho ai.',
    next: 'Trả lại bản giấy cho nơi gửi, hoặc vào sổ văn bản này.',
  },
  BOOK_IN_USE: {
    what: 'Sổ năm nay đã có số nên không đổi số bắt đầu được nữa.',
    kept: 'Các số đã cấp vẫn nguyên.',
    next: 'Tiếp tục theo số kế tiếp của sổ.',
  },
  BOOK_NAME_TAKEN: {
    what: 'Đã có sổ mang tên này.',
    kept: 'Các sổ giữ nguyên.',
    next: 'Đặt tên khác cho sổ.',
  },
  TYPE_IN_OTHER_BOOK: {
    what: 'Mỗi loại văn bản chỉ vào một sổ, và có loại đã thuộc sổ khác.',
    kept: 'Các sổ giữ nguyên.',
    next: 'Bỏ loại đó ở sổ kia trước, hoặc không chọn nó ở đây.',
  },
  COMMON_BOOK_NEEDED: {
    what: 'Mỗi chiều đến và đi có đúng một sổ chung cho các loại không có sổ riêng.',
    kept: 'Các sổ giữ nguyên.',
    next: 'Chọn ít nhất một loại cho sổ riêng; sổ chung thì không chọn loại và không ngừng dùng.',
  },
  RANGE_UPSIDE_DOWN: {
    what: 'Khoảng đã chọn bị ngược: đầu lớn hơn cuối.',
    kept: 'Không có gì được xuất hay in.',
    next: 'Đổi lại số hoặc ngày đầu và cuối.',
  },
  BOOK_RANGE_EMPTY: {
    what: 'Sổ không có số nào trong khoảng đã chọn.',
    kept: 'Sổ giữ nguyên.',
    next: 'Chọn sổ, năm hoặc khoảng số khác.',
  },
  DATABASE_OLDER: {
    what: 'Hồ sơ do bản cũ hơn của Văn Thư ghi.',
    kept: 'Hồ sơ giữ nguyên.',
    next: 'Mở Văn Thư bản này một lần để hồ sơ được cập nhật, rồi làm lại.',
  },
  BOOK_CLOSED: {
    what: 'Sổ này đã ngừng dùng nên không giữ số được.',
    kept: 'Các số đã cấp vẫn nguyên.',
    next: 'Dùng lại sổ trong Cài đặt, hoặc giữ số ở sổ khác.',
  },
  BOOK_YEAR_CLOSED: {
    what: 'Sổ của năm đó đã khóa nên không cấp thêm số.',
    kept: 'Chưa cấp số nào; văn bản vẫn ở bước hiện tại.',
    next: 'Kiểm tra ngày của văn bản và ngày giờ của máy; nếu đúng, mở lại sổ năm đó trong Cài đặt.',
  },
  NUMBERS_UNSURE: {
    what: 'Sổ vừa phục hồi từ bản sao lưu, chưa biết đã cấp đến số nào.',
    kept: 'Chưa cấp số nào; văn bản vẫn ở bước hiện tại.',
    next: 'So với sổ giấy và văn bản đã gửi, rồi bấm “Xác nhận số cuối…” ở đầu cửa sổ.',
  },
  NUMBERS_SURE: {
    what: 'Số cuối của sổ này đã được xác nhận.',
    kept: 'Không có gì thay đổi.',
    next: 'Cấp số như thường.',
  },
  LAST_TOO_LOW: {
    what: 'Số cuối không thể nhỏ hơn số đã có trong sổ.',
    kept: 'Chưa có gì thay đổi.',
    next: 'Để nguyên số đang có nếu sau bản sao lưu chưa cấp thêm số nào.',
  },
  LAST_TOO_HIGH: {
    what: 'Có quá nhiều số nằm giữa bản sao lưu và số vừa nhập.',
    kept: 'Chưa có gì thay đổi.',
    next: 'Xem lại số vừa nhập.',
  },
  BOOK_YEAR_RUNNING: {
    what: 'Năm chưa hết nên chưa khóa sổ được.',
    kept: 'Sổ vẫn mở.',
    next: 'Khóa sổ sau ngày 31 tháng 12.',
  },
  NOT_A_LEADER: {
    what: 'Người được chọn không phải lãnh đạo.',
    kept: 'Văn bản và ý kiến đã có vẫn nguyên.',
    next: 'Chọn một lãnh đạo, hoặc giao vai trò lãnh đạo cho người này trong Cài đặt.',
  },
  ONE_LEAD: {
    what: 'Mỗi văn bản cần đúng một nơi chủ trì.',
    kept: 'Chưa chuyển cho ai; phần đã chọn vẫn còn trên màn hình.',
    next: 'Chọn một đơn vị hoặc một người chủ trì, những nơi khác là phối hợp hoặc để biết.',
  },
  ASSIGNED_TWICE: {
    what: 'Một nơi được chọn hai lần.',
    kept: 'Chưa chuyển cho ai; phần đã chọn vẫn còn trên màn hình.',
    next: 'Bỏ bớt một lần.',
  },
  NOBODY_SUCH: {
    what: 'Một đơn vị hoặc người được chọn không còn trong cơ quan.',
    kept: 'Chưa chuyển cho ai; phần đã chọn vẫn còn trên màn hình.',
    next: 'Chọn nơi khác.',
  },
  NOT_ASSIGNED: {
    what: 'Văn bản không còn ở nơi này.',
    kept: 'Những nơi đang xử lý vẫn nguyên.',
    next: 'Xem lại bảng Xử lý của văn bản.',
  },
  REASON_NEEDED: {
    what: 'Nơi gửi đã được báo là xong, nên mở lại phải kèm lý do.',
    kept: 'Văn bản vẫn ở Đã xong.',
    next: 'Ghi lý do; nơi gửi sẽ nhận lý do này cùng trạng thái "Đang xử lý".',
  },
  BEFORE_POSTING: {
    what: 'Ngày này trước ngày gửi bản giấy.',
    kept: 'Chưa ghi kết quả nào.',
    next: 'Chọn ngày từ ngày gửi trở đi, hoặc ghi lại ngày gửi cho đúng.',
  },
  NO_RECALL: {
    what: 'Nơi gửi không yêu cầu thu hồi văn bản này.',
    kept: 'Văn bản giữ nguyên; chưa báo cho ai.',
    next: 'Mở lại văn bản để xem nơi gửi yêu cầu gì.',
  },
  RECALL_ANSWER_LEFT: {
    what: 'Trả lời đã được gửi đi nên không rút lại được nữa.',
    kept: 'Trả lời giữ nguyên, nơi gửi đã được báo.',
    next: 'Chọn “Đổi ý” và ghi lý do; nơi gửi nhận trả lời mới.',
  },
  RECALL_AGREED: {
    what: 'Cơ quan đã đồng ý cho nơi gửi thu hồi văn bản này, nên không mở lại được.',
    kept: 'Văn bản vẫn ở Đã xong.',
    next: 'Muốn xử lý tiếp, rút lại trả lời thu hồi hoặc đổi thành từ chối; văn bản tự mở lại.',
  },
  NOT_REGISTERED: {
    what: 'Văn bản chưa vào sổ nên chưa ghi trao đổi được.',
    kept: 'Phần vừa gõ vẫn còn trên màn hình.',
    next: 'Vào sổ văn bản trước.',
  },
  NO_SUCH_ANSWER: {
    what: 'Văn bản trả lời chưa có số, hoặc đã hủy.',
    kept: 'Văn bản đến vẫn đang xử lý.',
    next: 'Cấp số cho văn bản trả lời trước, hoặc ghi tay số, ký hiệu.',
  },
  EXPRESS_WAITS_FOR_NOBODY: {
    what: 'Văn bản hỏa tốc không để sau được.',
    kept: 'Văn bản vẫn ở chỗ cũ.',
    next: 'Xử lý ngay, hoặc chuyển cho người đang trực.',
  },
  DUE_BEFORE: {
    what: 'Ngày để sau muộn hơn hạn giải quyết.',
    kept: 'Văn bản vẫn ở chỗ cũ.',
    next: 'Chọn ngày không quá hạn.',
  },
  UNIT_NAME_TAKEN: {
    what: 'Cơ quan đã có đơn vị tên này.',
    kept: 'Các đơn vị đang có vẫn nguyên; phần đã nhập vẫn còn trên màn hình.',
    next: 'Đặt tên khác, hoặc sửa đơn vị đã có.',
  },
  NOTATION_WRONG: {
    what: 'Chữ viết tắt này không dùng được trong ký hiệu văn bản.',
    kept: 'Các mẫu ký hiệu đang có vẫn nguyên; phần đã nhập vẫn còn trên màn hình.',
    next: 'Gõ chữ và số, không có dấu cách và dấu gạch chéo, ví dụ UBND hoặc SNV.',
  },
  REMINDED_LATELY: {
    what: 'Văn bản này vừa được nhắc trong 4 giờ qua.',
    kept: 'Lời nhắc trước còn trong trao đổi của văn bản.',
    next: 'Đợi trả lời, hoặc nhắc lại sau.',
  },
  UNIT_ABBREVIATION_WRONG: {
    what: 'Viết tắt của đơn vị không dùng được trong ký hiệu văn bản.',
    kept: 'Phần đã nhập vẫn còn trên màn hình.',
    next: 'Gõ chữ và số liền nhau, ví dụ HCTC; để trống nếu đơn vị không đứng trong ký hiệu.',
  },
  UNIT_NOT_ACTIVE: {
    what: 'Đơn vị này đã ngừng dùng.',
    kept: 'Phần đã nhập vẫn còn trên màn hình.',
    next: 'Chọn đơn vị khác, hoặc dùng lại đơn vị này trong Cài đặt.',
  },
  UNIT_HAS_PEOPLE: {
    what: 'Đơn vị còn người nên chưa ngừng dùng được.',
    kept: 'Đơn vị và người của đơn vị vẫn nguyên.',
    next: 'Chuyển những người đó sang đơn vị khác rồi làm lại.',
  },
  ASSIGNED_DOCUMENTS_LEFT: {
    what: 'Còn văn bản đến đang giao mà chưa giải quyết xong.',
    kept: 'Chưa có gì thay đổi.',
    next: 'Chọn nơi nhận bàn giao các văn bản đó rồi làm lại.',
  },
  PERSON_NOT_ACTIVE: {
    what: 'Người này đã nghỉ hoặc chuyển đi.',
    kept: 'Chưa có gì thay đổi.',
    next: 'Chọn người khác.',
  },
  ACCOUNT_TAKEN: {
    what: 'Tài khoản Windows này đang ghi cho người khác.',
    kept: 'Phần đã nhập vẫn còn trên màn hình.',
    next: 'Xem lại tên tài khoản, hoặc bỏ nó ở người kia trước.',
  },
  PIN_WRONG: {
    what: 'Mã PIN không đúng.',
    kept: 'Chưa có gì thay đổi; việc đang làm dở vẫn còn.',
    next: 'Gõ lại. Sai nhiều lần thì phải chờ lâu dần; quên mã thì nhờ người quản trị đặt mã mới.',
  },
  PIN_NOT_SET: {
    what: 'Người này chưa có mã PIN.',
    kept: 'Chưa có gì thay đổi.',
    next: 'Nhờ người quản trị đặt mã PIN trong Cài đặt.',
  },
  SIGN_IN_DELAYED: {
    what: 'Đã gõ sai mã PIN nhiều lần nên phải chờ.',
    kept: 'Chưa có gì thay đổi; việc đang làm dở vẫn còn.',
    next: 'Chờ đến giờ đó rồi gõ lại, hoặc nhờ người quản trị đặt mã mới.',
  },
  ACCOUNT_UNKNOWN: {
    what: 'Tài khoản Windows này không phải của ai trong danh sách người dùng.',
    kept: 'Chưa có gì thay đổi; việc đang làm dở vẫn còn.',
    next: 'Chọn tên và gõ mã PIN.',
  },
  SIGN_IN_NEEDS_ADMINISTRATOR: {
    what: 'Chưa có người quản trị nào đăng nhập được, nên chưa đổi được cách đăng nhập.',
    kept: 'Cách đăng nhập vẫn như cũ.',
    next: 'Đặt mã PIN cho một người quản trị, hoặc ghi tài khoản Windows của người đó, rồi làm lại.',
  },
  DELEGATION_NOT_OWN: {
    what: 'Chỉ người ủy quyền hoặc người quản trị đổi được việc ủy quyền này.',
    kept: 'Chưa có gì thay đổi.',
    next: 'Nhờ người đó làm.',
  },
  DELEGATOR_NOT_LEADER: {
    what: 'Người ủy quyền không có vai trò lãnh đạo nên không có quyền để ủy.',
    kept: 'Chưa có gì thay đổi.',
    next: 'Chọn lãnh đạo ủy quyền.',
  },
  DELEGATION_DAYS_WRONG: {
    what: 'Ngày ủy quyền chưa đúng: phải hết hạn từ hôm nay trở đi, sau ngày bắt đầu, và cho một người khác.',
    kept: 'Phần đã nhập vẫn còn trên màn hình.',
    next: 'Xem lại người và ngày rồi làm lại.',
  },
  LAST_ADMINISTRATOR: {
    what: 'Cơ quan phải luôn còn ít nhất một người quản trị.',
    kept: 'Chưa có gì thay đổi.',
    next: 'Giao vai trò quản trị cho một người khác rồi làm lại.',
  },
  RESERVED_NUMBERS_LEFT: {
    what: 'Sổ còn số đang giữ.',
    kept: 'Sổ giữ nguyên.',
    next: 'Dùng hoặc bỏ các số đang giữ, kèm lý do, rồi làm lại.',
  },
  NUMBER_NOT_RESERVED: {
    what: 'Số này không còn được giữ: đã có văn bản dùng, hoặc đã bỏ.',
    kept: 'Chưa cấp số nào; văn bản vẫn ở bước hiện tại.',
    next: 'Chọn số khác.',
  },
  NUMBER_NOT_GIVEN: {
    what: 'Số phụ chỉ đặt cạnh một số đã cấp cho văn bản.',
    kept: 'Chưa cấp số nào; văn bản vẫn ở bước hiện tại.',
    next: 'Gõ lại số gốc, đúng sổ và năm.',
  },
  SUFFIXES_USED_UP: {
    what: 'Số này đã có đủ số phụ từ a đến z.',
    kept: 'Chưa cấp số nào; văn bản vẫn ở bước hiện tại.',
    next: 'Cấp số kế tiếp của sổ.',
  },
  DATE_BEFORE_LAST: {
    what: 'Ngày của văn bản ở trước ngày của số vừa cấp.',
    kept: 'Chưa cấp số nào; văn bản vẫn ở bước hiện tại.',
    next: 'Kiểm tra ngày của văn bản và ngày giờ của máy. Nếu đúng là ngày đó, xác nhận rồi cấp số.',
  },
  DIFFERENCE_UNDECIDED: {
    what: 'Còn điều khác nhau chưa được quyết định.',
    kept: 'Chưa ký, chưa đóng dấu, chưa gửi gì; văn bản vẫn ở bước hiện tại.',
    next: 'Mở “Xem lại trước khi phát hành” và quyết định từng điều.',
  },
  DIFFERENCE_GONE: {
    what: 'Điều cần quyết định này không còn nữa.',
    kept: 'Chưa ghi quyết định nào.',
    next: 'Xem lại các điều còn lại.',
  },
  DECISION_NEEDS_REASON: {
    what: 'Chưa ghi lý do.',
    kept: 'Chưa ghi quyết định nào.',
    next: 'Viết lý do; lý do được lưu trong nhật ký của văn bản.',
  },
  LIST_NAME_TAKEN: {
    what: 'Danh bạ đã có nhóm hoặc danh sách mang tên này.',
    kept: 'Các danh sách đang có vẫn nguyên; phần đã nhập vẫn còn trên màn hình.',
    next: 'Đặt tên khác, hoặc sửa danh sách đã có.',
  },
  RECIPIENT_NOT_IN_DIRECTORY: {
    what: 'Có nơi nhận không có trong danh bạ cơ quan.',
    kept: 'Phần đã nhập vẫn còn trên màn hình.',
    next: 'Chọn lại nơi nhận từ danh bạ, hoặc bỏ nơi nhận đó.',
  },
  RECIPIENT_IS_SELF: {
    what: 'Nơi nhận là chính cơ quan mình.',
    kept: 'Phần đã nhập vẫn còn trên màn hình.',
    next: 'Bỏ cơ quan mình khỏi nơi nhận.',
  },
  NO_RECIPIENTS: {
    what: 'Văn bản chưa có nơi nhận.',
    kept: 'Văn bản vẫn ở bước hiện tại.',
    next: 'Thêm ít nhất một nơi nhận rồi làm tiếp.',
  },
  ATTACHMENT_EMPTY: {
    what: 'Tệp được chọn không có nội dung.',
    kept: 'Văn bản và các tệp kèm khác không bị ảnh hưởng.',
    next: 'Mở tệp trên máy để kiểm tra rồi chọn lại.',
  },
  ATTACHMENT_TOO_LARGE: {
    what: 'Tệp kèm theo quá lớn.',
    kept: 'Văn bản và các tệp kèm khác không bị ảnh hưởng.',
    next: 'Giảm dung lượng hoặc tách tệp thành nhiều phần rồi chọn lại.',
  },
  ATTACHMENT_KIND: {
    what: 'Loại tệp này không gửi kèm văn bản được.',
    kept: 'Văn bản và các tệp kèm khác không bị ảnh hưởng.',
    next: 'Chọn tệp PDF, Word, Excel, PowerPoint, ảnh hoặc tệp nén; tên tệp phải giữ phần đuôi.',
  },
  ATTACHMENT_NAME_TAKEN: {
    what: 'Hai tệp kèm theo có cùng tên.',
    kept: 'Phần đã nhập vẫn còn trên màn hình.',
    next: 'Đổi tên một trong hai để nơi nhận phân biệt được.',
  },
  ATTACHMENTS_TOO_LARGE: {
    what: 'Văn bản cùng các tệp kèm lớn hơn 100 MB nên không gửi đi được.',
    kept: 'Phần đã nhập vẫn còn trên màn hình.',
    next: 'Giảm dung lượng tệp kèm, hoặc bớt tệp và gửi bản giấy.',
  },
  NUMBER_OF_OTHER_BOOK: {
    what: 'Loại văn bản này thuộc sổ khác, mà văn bản đã có số.',
    kept: 'Phần đã nhập vẫn còn trên màn hình; số vẫn giữ chỗ trong sổ.',
    next: 'Chọn lại loại văn bản cũ, hoặc hủy số rồi lập dự thảo mới từ văn bản đã hủy.',
  },
  NUMBER_OF_OTHER_YEAR: {
    what: 'Số của văn bản thuộc năm khác với ngày văn bản.',
    kept: 'Số vẫn giữ chỗ trong sổ.',
    next: 'Sửa ngày về năm của số, hoặc hủy số và lập dự thảo mới.',
  },
  GOES_OVER_EXCHANGE: {
    what: 'Văn bản có nơi nhận qua trục liên thông nên phải ký số, đóng dấu và gửi.',
    kept: 'Văn bản vẫn ở bước hiện tại.',
    next: 'Ký, đóng dấu rồi gửi; hoặc trả về dự thảo để bỏ các nơi nhận qua mạng.',
  },
  PRINTED_NUMBER_DIFFERS: {
    what: 'Số in trên văn bản khác với số kế tiếp của sổ.',
    kept: 'Chưa cấp số nào; văn bản vẫn ở bước hiện tại.',
    next: 'Sửa số trên văn bản cho khớp sổ rồi thêm lại tệp, hoặc để trống số trên văn bản.',
  },
  NUMBER_PLACE_UNKNOWN: {
    what: 'Không thấy chỗ trống sau chữ “Số:” để ghi số.',
    kept: 'Chưa cấp số nào; văn bản vẫn ở bước hiện tại.',
    next: 'Chừa chỗ trống sau “Số:” trong văn bản rồi thêm lại tệp.',
  },
  SECRET_DOCUMENT: {
    what: 'Văn bản có dấu chỉ mức độ mật nên không được đưa vào máy nối mạng.',
    kept: 'Bản sao vừa đọc đã được xóa, chưa có gì được ghi vào sổ.',
    next: 'Xử lý văn bản này theo quy định về bảo vệ bí mật nhà nước, trên máy riêng không nối mạng.',
  },
  DATE_IN_FUTURE: {
    what: 'Ngày của văn bản ở sau hôm nay nên chưa cấp số được.',
    kept: 'Chưa cấp số nào; văn bản vẫn ở bước hiện tại.',
    next: 'Sửa ngày của văn bản, hoặc cấp số vào đúng ngày đó.',
  },
  EXPRESS_HOUR_GONE: {
    what: 'Giờ hẹn hỏa tốc đã qua nên không nơi nào mở kịp.',
    kept: 'Văn bản vẫn ở bước hiện tại.',
    next: 'Trả về dự thảo và đặt giờ khác. Nếu đã cấp số thì hủy số, rồi lập văn bản mới với giờ mới.',
  },
  DUE_DATE_GONE: {
    what: 'Hạn trả lời đã qua.',
    kept: 'Văn bản vẫn ở bước hiện tại.',
    next: 'Trả về dự thảo và đặt hạn khác, hoặc chọn hạn tính từ lúc phát hành. Nếu đã cấp số thì hủy số, rồi lập văn bản mới với hạn mới.',
  },
  MEETING_GONE: {
    what: 'Giờ họp đã qua.',
    kept: 'Văn bản vẫn ở bước hiện tại.',
    next: 'Trả về dự thảo và sửa giờ họp. Nếu đã cấp số thì hủy số, rồi lập giấy mời mới.',
  },
  MEETING_START_MISSING: {
    what: 'Có giờ kết thúc nhưng chưa có giờ bắt đầu họp.',
    kept: 'Văn bản vẫn ở bước hiện tại.',
    next: 'Nhập giờ bắt đầu, hoặc bỏ trống cả hai giờ.',
  },
  MEETING_ENDS_BEFORE_START: {
    what: 'Giờ kết thúc không sau giờ bắt đầu họp.',
    kept: 'Văn bản vẫn ở bước hiện tại.',
    next: 'Sửa giờ kết thúc, hoặc bỏ trống nếu giấy mời không ghi.',
  },
  MEETING_TOO_LONG: {
    what: 'Cuộc họp kéo dài quá lâu.',
    kept: 'Văn bản vẫn ở bước hiện tại.',
    next: 'Kiểm tra tháng và năm của giờ kết thúc.',
  },
  NOT_INVITED: {
    what: 'Văn bản này không phải giấy mời nhận qua trục liên thông.',
    kept: 'Chưa có trả lời nào được gửi.',
    next: 'Trả lời nơi mời theo cách ghi trên văn bản.',
  },
  NO_MEETING_HOUR: {
    what: 'Giấy mời này chưa có giờ họp nên không lập được lịch.',
    kept: 'Văn bản không thay đổi.',
    next: 'Xem giờ họp trên văn bản, rồi nhập vào lịch của bạn.',
  },
  NOT_ENROLLED: {
    what: 'Máy này chưa được nối với trục liên thông.',
    kept: 'Văn bản đã ký được giữ ở mục Chờ gửi.',
    next: 'Vào Cài đặt, phần Máy chủ, nhập mã đăng ký rồi gửi lại.',
  },
  ALREADY_ENROLLED: {
    what: 'Máy này đã đăng ký với trục liên thông.',
    kept: 'Đăng ký hiện có vẫn dùng được.',
    next: 'Không cần làm gì thêm; muốn đổi cơ quan thì nhờ bộ phận kỹ thuật.',
  },
  ENROL_CODE_INVALID: {
    what: 'Mã đăng ký không đúng hoặc đã dùng rồi.',
    kept: 'Máy vẫn làm việc được tại chỗ.',
    next: 'Gõ lại mã, hoặc xin mã mới từ nơi quản trị trục.',
  },
  ENROL_CODE_EXPIRED: {
    what: 'Mã đăng ký đã hết hạn.',
    kept: 'Máy vẫn làm việc được tại chỗ.',
    next: 'Xin mã mới từ nơi quản trị trục.',
  },
  AGENCY_DIFFERS: {
    what: 'Mã đăng ký này là của cơ quan khác với cơ quan có sổ trên máy.',
    kept: 'Chưa đăng ký; sổ và văn bản trên máy vẫn nguyên.',
    next: 'Xin mã của đúng cơ quan. Chỉ chuyển sổ sang cơ quan khác khi sáp nhập.',
  },
  REGISTER_EXISTS: {
    what: 'Cơ quan đã có sổ trên máy khác; hai sổ sẽ cho trùng số.',
    kept: 'Chưa đăng ký; sổ và văn bản trên máy vẫn nguyên.',
    next: 'Làm việc trên máy ấy. Chỉ thay bằng sổ của máy này khi máy ấy không còn dùng.',
  },
  REGISTER_OUTDATED: {
    what: 'Sổ trên máy này là bản cũ; máy khác có bản mới hơn.',
    kept: 'Chưa đăng ký; sổ và văn bản trên máy vẫn nguyên.',
    next: 'Làm việc trên máy ấy, hoặc chép bản sao lưu mới nhất về máy này.',
  },
  EXCHANGE_UNREACHABLE: {
    what: 'Không liên lạc được với máy chủ trục liên thông.',
    kept: 'Văn bản chờ gửi vẫn được giữ và sẽ tự gửi khi có mạng.',
    next: 'Kiểm tra mạng và địa chỉ máy chủ.',
  },
  EXCHANGE_GARBAGE: {
    what: 'Máy chủ trả lời không đúng dạng của trục liên thông.',
    kept: 'Chưa có gì được nhận hay gửi dở dang.',
    next: 'Kiểm tra địa chỉ máy chủ; nếu đúng, báo nơi quản trị trục.',
  },
  EXCHANGE_REFUSED: {
    what: 'Máy chủ trục liên thông từ chối yêu cầu này.',
    kept: 'Văn bản vẫn được giữ trên máy.',
    next: 'Xem lý do trong văn bản, hoặc hỏi nơi quản trị trục.',
  },
  P12_NO_PASSWORD: {
    what: 'Chưa nhập mật khẩu của tệp chứng thư.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Gõ mật khẩu rồi làm lại.',
  },
  P12_WRONG_PASSWORD: {
    what: 'Mật khẩu của tệp chứng thư không đúng.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Gõ lại mật khẩu, chú ý tắt bộ gõ tiếng Việt và phím Caps Lock.',
  },
  P12_BROKEN: {
    what: 'Tệp chứng thư bị hỏng hoặc không phải tệp .p12.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Chọn đúng tệp .p12 hoặc .pfx, hoặc xin lại tệp.',
  },
  P12_NO_KEY: {
    what: 'Tệp chứng thư không có khóa bí mật nên không ký được.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Chọn tệp .p12 có cả khóa, do nơi cấp chứng thư giao.',
  },
  P12_KEY_UNSUPPORTED: {
    what: 'Loại khóa trong tệp chứng thư chưa dùng được.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Dùng chứng thư RSA từ 2048 bit hoặc ECDSA.',
  },
  P12_SEVERAL_HOLDERS: {
    what: 'Tệp chứng thư có khóa của nhiều người nên không biết dùng khóa nào.',
    kept: 'Chưa thêm gì, chưa ký gì.',
    next: 'Xin nơi cấp, hoặc xuất lại, một tệp riêng cho từng người.',
  },
  KEY_KIND_UNSUPPORTED: {
    what: 'Chương trình chưa dùng được loại khóa này trên máy này.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Dùng tệp .p12 hoặc .pfx.',
  },
  TOKEN_DRIVER_MISSING: {
    what: 'Không mở được trình điều khiển (PKCS#11) của thẻ ký số.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Cài trình điều khiển bản 64-bit của nơi cấp thẻ, rồi kiểm tra đường dẫn tới tệp của nó.',
  },
  TOKEN_DRIVER_FAILED: {
    what: 'Trình điều khiển của thẻ ký số báo lỗi.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Rút thẻ, cắm lại rồi thử lại; nếu vẫn lỗi, cài lại trình điều khiển hoặc hỏi nơi cấp thẻ.',
  },
  TOKEN_DRIVER_HANGS: {
    what: 'Trình điều khiển của thẻ ký số không trả lời sau 30 giây nên đã bị dừng.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Rút thẻ, cắm lại rồi thử lại; nếu vẫn lỗi, khởi động lại máy.',
  },
  TOKEN_NOT_FOUND: {
    what: 'Không thấy thẻ ký số.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Cắm thẻ vào máy, chờ đèn sáng rồi thử lại; nếu có nhiều thẻ, cắm đúng thẻ này.',
  },
  TOKEN_REMOVED: {
    what: 'Thẻ ký số bị rút ra, hoặc lỏng, trong khi đang ký.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Cắm chặt lại thẻ rồi ký lại.',
  },
  TOKEN_KEY_MISSING: {
    what: 'Thẻ ký số không có khóa để ký với chứng thư này.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Dùng đúng thẻ của người ký, hoặc hỏi nơi cấp thẻ.',
  },
  TOKEN_PIN_MISSING: {
    what: 'Chưa nhập mã PIN của thẻ ký số.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Gõ mã PIN rồi làm lại.',
  },
  TOKEN_PIN_WRONG: {
    what: 'Mã PIN không đúng. Sai vài lần liên tiếp, thường là 3, thẻ sẽ khóa.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Xem lại mã PIN, tắt bộ gõ tiếng Việt và Caps Lock, rồi gõ lại.',
  },
  TOKEN_PIN_LAST_TRY: {
    what: 'Mã PIN không đúng, và chỉ còn thử được một lần: sai nữa thẻ sẽ khóa.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Chưa chắc mã PIN thì đừng gõ; hỏi nơi cấp thẻ trước.',
  },
  TOKEN_PIN_LOCKED: {
    what: 'Thẻ ký số đã khóa vì mã PIN sai nhiều lần.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Đề nghị nơi cấp thẻ mở khóa; chương trình không mở được.',
  },
  P12_MISSING: {
    what: 'Không thấy tệp chứng thư ở chỗ cũ.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Cắm lại ổ chứa tệp, hoặc thêm lại chứng thư trong Cài đặt.',
  },
  IMAGE_NOT_PNG: {
    what: 'Hình chữ ký hoặc hình con dấu không phải tệp PNG.',
    kept: 'Chứng thư chưa được thêm.',
    next: 'Chọn hình PNG nền trong suốt.',
  },
  SIGNER_CRASHED: {
    what: 'Phần ký số dừng đột ngột.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Bấm Thử lại; nếu vẫn lỗi, khởi động lại chương trình.',
  },
  SIGN_CERT_EXPIRED: {
    what: 'Chứng thư số đã hết hạn.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Gia hạn chứng thư, hoặc chọn chứng thư khác.',
  },
  SIGN_CERT_NOT_YET_VALID: {
    what: 'Chứng thư số chưa đến ngày có hiệu lực.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Kiểm tra ngày giờ của máy, hoặc chọn chứng thư khác.',
  },
  SIGN_CERT_WRONG_USAGE: {
    what: 'Chứng thư này không được cấp để ký văn bản.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Chọn chứng thư dùng để ký số.',
  },
  SIGN_CERT_WEAK: {
    what: 'Khóa của chứng thư này quá ngắn, chữ ký sẽ bị cảnh báo.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Dùng chứng thư RSA từ 2048 bit hoặc ECDSA.',
  },
  SIGN_CERT_REVOKED: {
    what: 'Chứng thư số đã bị thu hồi.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Xin cấp chứng thư mới, hoặc chọn chứng thư khác.',
  },
  SIGN_CHAIN_INVALID: {
    what: 'Chứng thư số không do nơi có quyền cấp: đường dẫn chứng thực không hợp lệ.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Liên hệ nơi cấp chứng thư, hoặc chọn chứng thư khác.',
  },
  SIGN_CERT_UNREADABLE: {
    what: 'Không đọc được chứng thư số.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Thêm lại chứng thư trong Cài đặt.',
  },
  SIGN_KEY_MISMATCH: {
    what: 'Khóa và chứng thư trong tệp không khớp nhau.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Xin lại tệp chứng thư từ nơi cấp.',
  },
  SIGN_IMAGE_UNSUPPORTED: {
    what: 'Không dùng được hình chữ ký hoặc hình con dấu này.',
    kept: 'Chưa ký gì; văn bản vẫn nguyên.',
    next: 'Chọn hình PNG khác: loại 8 bit, không xen dòng (non-interlaced), nền trong suốt.',
  },
  SIGN_NOT_PERSON_SIGNED: {
    what: 'Văn bản chưa có chữ ký của người ký nên chưa đóng dấu được.',
    kept: 'Văn bản vẫn ở bước hiện tại.',
    next: 'Ký số cá nhân trước, rồi ký số cơ quan.',
  },
  SIGN_INVALID_EXISTING: {
    what: 'Văn bản đã có một chữ ký không hợp lệ nên không ký thêm.',
    kept: 'Văn bản vẫn nguyên.',
    next: 'Xem mục Chữ ký; thường phải làm lại từ tệp gốc.',
  },
  SIGN_PERMISSION_FORBIDS: {
    what: 'Tệp PDF này không cho phép thêm chữ ký (người tạo đã khóa quyền sửa và ghi chú).',
    kept: 'Chưa dùng khóa ký; tệp gốc vẫn nguyên.',
    next: 'Mở bằng mật khẩu chủ của tệp (owner password), hoặc xin bản không hạn chế.',
  },
  SIGN_DOCMDP_FORBIDS: {
    what: 'Chữ ký có sẵn không cho ký thêm.',
    kept: 'Văn bản và chữ ký có sẵn vẫn nguyên.',
    next: 'Dùng bản chưa khóa của văn bản.',
  },
  SIGN_WOULD_WARN: {
    what: 'Tệp có cấu trúc khác thường hoặc nội dung ẩn (lớp, mã lệnh, biểu mẫu): ký xong, nơi nhận sẽ bị cảnh báo, nên chưa ký.',
    kept: 'Tệp gốc vẫn nguyên; chưa cấp số, chưa ký gì.',
    next: 'Mở tệp, in ra tệp PDF mới (Print to PDF), hoặc quét lại, xuất lại từ bản soạn thảo, rồi chọn tệp mới đó.',
  },
  SIGN_TEXT_COVERED: {
    what: 'Trong tệp có chữ bị hình hoặc ô màu che khuất: ký xong, nơi nhận sẽ bị cảnh báo, nên chưa ký.',
    kept: 'Tệp gốc vẫn nguyên; chưa cấp số, chưa ký gì.',
    next: 'Xóa hẳn phần chữ bị che trong bản soạn thảo rồi xuất lại PDF; hoặc in ra giấy và quét lại.',
  },
  SIGN_CHAIN_INCOMPLETE: {
    what: 'Không tìm được đủ chứng thư của các nơi cấp nên chưa lưu được dữ liệu xác thực vào tệp.',
    kept: 'Văn bản vẫn nguyên; chưa ghi tệp nào.',
    next: 'Báo cán bộ công nghệ thông tin thêm chứng thư của nơi cấp vào danh sách tin cậy, rồi làm lại.',
  },
  SIGN_REVOCATION_UNKNOWN: {
    what: 'Không hỏi được nơi cấp xem chứng thư còn hiệu lực không (OCSP, danh sách thu hồi) nên chưa lưu được dữ liệu xác thực vào tệp.',
    kept: 'Văn bản vẫn nguyên; chưa ghi tệp nào.',
    next: 'Kiểm tra mạng tới các địa chỉ kèm theo rồi làm lại; cần gấp thì ký ở mức B-T.',
  },
  SIGN_LEVEL_NOT_REACHED: {
    what: 'Chữ ký vừa tạo không đạt mức đã chọn nên đã bỏ.',
    kept: 'Văn bản trước khi ký vẫn nguyên.',
    next: 'Thử lại; nếu vẫn lỗi, chọn mức thấp hơn và báo bộ phận kỹ thuật.',
  },
  RENEW_NO_DATA: {
    what: 'Tệp có chữ ký chưa lưu dữ liệu xác thực (dưới mức B-LT), hoặc chưa có chữ ký nào, nên không gia hạn được.',
    kept: 'Tệp vẫn nguyên.',
    next: 'Chỉ gia hạn tệp mà mọi chữ ký đều ở mức B-LT hoặc B-LTA; xem mức bằng lệnh verify.',
  },
  TSA_ADDRESS: {
    what: 'Địa chỉ máy chủ dấu thời gian không đúng.',
    kept: 'Văn bản vẫn nguyên; chưa ký gì.',
    next: 'Nhập địa chỉ bắt đầu bằng http:// hoặc https://.',
  },
  TSA_UNREACHABLE: {
    what: 'Máy chủ dấu thời gian không trả lời.',
    kept: 'Văn bản trước khi ký vẫn nguyên.',
    next: 'Kiểm tra mạng và địa chỉ máy chủ rồi ký lại, hoặc ký ở mức B-B.',
  },
  TSA_REFUSED: {
    what: 'Máy chủ dấu thời gian từ chối cấp dấu.',
    kept: 'Văn bản trước khi ký vẫn nguyên.',
    next: 'Hỏi nơi cấp dấu thời gian về lý do kèm theo, hoặc ký ở mức B-B.',
  },
  TSA_ANSWER_BROKEN: {
    what: 'Máy chủ dấu thời gian trả lời sai chuẩn nên không dùng.',
    kept: 'Văn bản trước khi ký vẫn nguyên.',
    next: 'Kiểm tra địa chỉ máy chủ dấu thời gian; nếu đúng, báo nơi cấp dấu.',
  },
  TSA_ANSWER_MISMATCH: {
    what: 'Dấu thời gian nhận được không phải cho chữ ký này nên không dùng.',
    kept: 'Văn bản trước khi ký vẫn nguyên.',
    next: 'Ký lại; nếu lặp lại, ngừng dùng máy chủ này và báo bộ phận an toàn thông tin.',
  },
  TSA_CERT_WRONG_USAGE: {
    what: 'Chứng thư của máy chủ dấu thời gian không được phép cấp dấu.',
    kept: 'Văn bản trước khi ký vẫn nguyên.',
    next: 'Dùng máy chủ dấu thời gian khác.',
  },
  TSA_CERT_EXPIRED: {
    what: 'Chứng thư của máy chủ dấu thời gian đã hết hạn hoặc chưa có hiệu lực.',
    kept: 'Văn bản trước khi ký vẫn nguyên.',
    next: 'Kiểm tra ngày giờ của máy; nếu đúng, dùng máy chủ dấu thời gian khác.',
  },
  TSA_CERT_REVOKED: {
    what: 'Chứng thư của máy chủ dấu thời gian đã bị thu hồi.',
    kept: 'Văn bản trước khi ký vẫn nguyên.',
    next: 'Ngừng dùng máy chủ này, báo nơi cấp dấu và dùng máy chủ dấu thời gian khác.',
  },
  SIGN_RESULT_INVALID: {
    what: 'Chữ ký vừa tạo không qua được kiểm tra nên đã bỏ.',
    kept: 'Văn bản trước khi ký vẫn nguyên.',
    next: 'Thử lại; nếu vẫn lỗi, xuất tệp chẩn đoán và gửi bộ phận kỹ thuật.',
  },
  SETTINGS_NOT_SAVED: {
    what: 'Không lưu được cài đặt.',
    kept: 'Cài đặt cũ vẫn dùng.',
    next: 'Kiểm tra ổ đĩa còn chỗ rồi thử lại.',
  },
  EXCHANGE_BUSY: {
    what: 'Trục liên thông đang bận hoặc đang bảo trì.',
    kept: 'Văn bản vẫn chờ trong hàng gửi.',
    next: 'Không cần làm gì; chương trình tự thử lại.',
  },
  CLOCK_SKEW: {
    what: 'Đồng hồ của máy này lệch nhiều so với trục liên thông nên chưa kết nối được.',
    kept: 'Văn bản vẫn chờ trong hàng gửi.',
    next: 'Chỉnh lại ngày giờ của Windows; chương trình tự thử lại.',
  },
  REQUEST_ALTERED: {
    what: 'Yêu cầu đã bị thay đổi trên đường tới trục liên thông.',
    kept: 'Văn bản vẫn chờ trong hàng gửi.',
    next: 'Chương trình tự thử lại; nếu còn lặp lại, báo người quản trị mạng.',
  },
  REQUEST_REPLAYED: {
    what: 'Trục liên thông nhận cùng một yêu cầu hai lần và chỉ tính lần đầu.',
    kept: 'Văn bản vẫn chờ trong hàng gửi.',
    next: 'Chương trình tự thử lại; không cần làm gì.',
  },
  HTTPS_REQUIRED: {
    what: 'Địa chỉ máy chủ trục liên thông phải bắt đầu bằng https://.',
    kept: 'Chưa có gì được gửi qua đường truyền không mã hóa.',
    next: 'Gõ lại địa chỉ với https://, hoặc hỏi nơi quản trị trục.',
  },
  TOO_MANY_RECIPIENTS: {
    what: 'Văn bản có nhiều nơi nhận hơn mức trục liên thông cho phép trong một lần gửi.',
    kept: 'Văn bản vẫn được giữ trên máy, chưa gửi cho nơi nào.',
    next: 'Chia nơi nhận thành nhiều lần gửi, hoặc hỏi nơi quản trị trục.',
  },
  UNAUTHENTICATED: {
    what: 'Trục liên thông không nhận ra máy này.',
    kept: 'Sổ sách và văn bản trên máy vẫn nguyên.',
    next: 'Hỏi nơi quản trị trục liên thông để đăng ký lại máy.',
  },
  WORKSTATION_REVOKED: {
    what: 'Nơi quản trị đã ngừng quyền gửi nhận của máy này.',
    kept: 'Sổ sách và văn bản trên máy vẫn nguyên.',
    next: 'Hỏi nơi quản trị trục liên thông để đăng ký lại máy.',
  },
  REGISTER_REPLACED: {
    what: 'Máy khác đã thay máy này giữ sổ của cơ quan.',
    kept: 'Sổ sách và văn bản trên máy vẫn nguyên, nhưng không gửi nhận được nữa.',
    next: 'Làm việc trên máy mới. Nếu thay nhầm, xin mã đăng ký mới rồi đăng ký lại máy này.',
  },
  AGENCY_CLOSED: {
    what: 'Cơ quan đã hết hạn trên trục liên thông nên không gửi được.',
    kept: 'Văn bản vẫn còn, chưa gửi đi đâu; văn bản đến vẫn nhận được.',
    next: 'Hỏi nơi quản trị trục liên thông.',
  },
  MESSAGE_LOST: {
    what: 'Trục liên thông làm mất nội dung văn bản này.',
    kept: 'Nơi gửi đã được yêu cầu gửi lại; văn bản sẽ tự về.',
    next: 'Không cần làm gì: máy của nơi gửi tự gửi lại khi có mạng.',
  },
  MESSAGE_FORGOTTEN: {
    what: 'Trục liên thông không còn văn bản này: trục vừa được khôi phục từ bản sao cũ hơn.',
    kept: 'Máy của nơi gửi tự gửi lại những gì sổ của họ còn giữ; văn bản sẽ tự về.',
    next: 'Nếu đến hôm sau văn bản chưa về, hỏi nơi gửi.',
  },
  MESSAGE_ID_REUSED: {
    what: 'Văn bản mang mã của một văn bản khác đã nhận.',
    kept: 'Văn bản đã nhận trước đó vẫn nguyên.',
    next: 'Hỏi nơi gửi xem có gửi văn bản nào không.',
  },
  SENDER_MISMATCH: {
    what: 'Mã cơ quan gửi trong văn bản không phải là mã đã đăng ký cho máy này.',
    kept: 'Văn bản vẫn còn, chưa gửi đi đâu.',
    next: 'Xem lại mã cơ quan trong Cài đặt, hỏi nơi quản trị trục liên thông.',
  },
  NOT_YOURS: {
    what: 'Trục liên thông không thấy văn bản này là của cơ quan mình.',
    kept: 'Văn bản và sổ không bị ảnh hưởng.',
    next: 'Báo người quản trị nếu việc này lặp lại.',
  },
  OTHER_CONTENT: {
    what: 'Việc này đã được báo trước đó với nội dung khác.',
    kept: 'Lần báo trước vẫn được giữ.',
    next: 'Xem nhật ký của văn bản.',
  },
  TOO_MANY: {
    what: 'Văn bản này đã nhắc hoặc thay đổi quá số lần cho phép.',
    kept: 'Các bước nhắc tự động vẫn chạy.',
    next: 'Không cần làm gì: đến lúc phải gọi ai thì danh sách “Cần gọi điện” ghi rõ.',
  },
  IN_THE_FUTURE: {
    what: 'Ngày này chưa tới.',
    kept: 'Điều đã ghi trước đó được giữ nguyên.',
    next: 'Ghi lại với ngày hôm nay hoặc trước đó.',
  },
  IN_THE_PAST: {
    what: 'Giờ hoặc hạn này đã qua.',
    kept: 'Giờ và hạn cũ được giữ nguyên.',
    next: 'Chọn một giờ còn ở phía trước.',
  },
  FINISHED: {
    what: 'Văn bản này đã xử lý xong, đã trả lại hoặc đã được thu hồi.',
    kept: 'Giờ và hạn cũ được giữ nguyên.',
    next: 'Không cần làm gì thêm.',
  },
  NO_HOUR: {
    what: 'Văn bản này không phải hỏa tốc hẹn giờ nên không có giờ để đổi.',
    kept: 'Văn bản và các bước nhắc không đổi.',
    next: 'Cần mở sớm hơn thì bấm Nhắc ngay.',
  },
  ARRIVAL_IN_FUTURE: {
    what: 'Ngày đến còn ở phía trước.',
    kept: 'Chưa có gì được ghi vào sổ.',
    next: 'Ghi ngày nhận được văn bản, muộn nhất là hôm nay.',
  },
  ARRIVAL_TOO_EARLY: {
    what: 'Ngày đến sớm hơn sổ còn mở.',
    kept: 'Chưa có gì được ghi vào sổ.',
    next: 'Sổ của năm trước đã khóa thì chọn ngày đến trong năm nay.',
  },
  MAIL_UNREADABLE: {
    what: 'Không đọc được tệp thư điện tử này.',
    kept: 'Chưa có gì được nhận vào.',
    next: 'Mở thư bằng chương trình thư, lưu tệp PDF kèm theo rồi nhận tệp PDF đó.',
  },
  MAIL_WITHOUT_PDF: {
    what: 'Thư điện tử này không kèm tệp PDF.',
    kept: 'Chưa có gì được nhận vào.',
    next: 'Đề nghị người gửi gửi lại văn bản dạng PDF, hoặc in ra và vào sổ như văn bản giấy.',
  },
  ATTACHED_ALREADY: {
    what: 'Tệp này đã đính vào văn bản.',
    kept: 'Các tệp của văn bản giữ nguyên.',
    next: 'Chọn tệp khác nếu còn bản quét khác.',
  },
  HAS_SENDER: {
    what: 'Văn bản này đến qua trục liên thông nên không bỏ được.',
    kept: 'Văn bản vẫn chờ vào sổ.',
    next: 'Dùng “Trả lại…” để nơi gửi biết lý do.',
  },
  OWN_LETTER: {
    what: 'Trang này ghi tên cơ quan của chính mình.',
    kept: 'Chưa có gì được nhận vào.',
    next: 'Văn bản đi thì mở ở “Văn bản đi”; văn bản đến thì bấm “Nhận từ tệp, thư điện tử…”.',
  },
  NOTHING_CHANGED: {
    what: 'Chưa có mục nào được sửa.',
    kept: 'Văn bản trong sổ giữ nguyên.',
    next: 'Sửa ít nhất một mục rồi lưu.',
  },
  ALREADY_ASKED: {
    what: 'Đã xin gia hạn và nơi gửi chưa trả lời.',
    kept: 'Lần xin trước vẫn chờ trả lời.',
    next: 'Đợi nơi gửi trả lời rồi xin tiếp nếu cần.',
  },
  NOT_ASKED: {
    what: 'Nơi nhận này không xin gia hạn.',
    kept: 'Hạn cũ được giữ nguyên.',
    next: 'Mở lại văn bản để xem hiện có ai đang xin.',
  },
  ALREADY_ANSWERED: {
    what: 'Lần xin gia hạn này đã được trả lời.',
    kept: 'Câu trả lời trước có hiệu lực.',
    next: 'Xem nhật ký của văn bản.',
  },
  NOT_LATER: {
    what: 'Hạn xin không muộn hơn hạn đang có.',
    kept: 'Chưa xin gì; hạn cũ được giữ nguyên.',
    next: 'Chọn ngày giờ muộn hơn hạn đang có.',
  },
  NO_DEADLINE: {
    what: 'Văn bản này không có hạn trả lời.',
    kept: 'Chưa xin gì.',
    next: 'Nếu trên trang có ghi hạn, điền hạn khi vào sổ rồi xin gia hạn.',
  },
  NO_REASON: {
    what: 'Không đồng ý thì phải ghi lý do.',
    kept: 'Chưa trả lời gì.',
    next: 'Ghi lý do cho nơi nhận biết.',
  },
  RECIPIENT_UNKNOWN: {
    what: 'Trục liên thông không biết cơ quan nào trong các nơi nhận.',
    kept: 'Văn bản vẫn còn, chưa gửi đi đâu.',
    next: 'Kiểm tra nơi nhận trong Danh bạ cơ quan; gửi bản giấy nếu cần.',
  },
  MESSAGE_ID_CONFLICT: {
    what: 'Trục liên thông đã có một văn bản khác mang cùng mã gửi.',
    kept: 'Văn bản vẫn còn, chưa gửi lại.',
    next: 'Xuất tệp chẩn đoán trong Cài đặt và gửi cho bộ phận kỹ thuật.',
  },
  MESSAGE_TOO_LARGE: {
    what: 'Văn bản lớn hơn mức trục liên thông nhận.',
    kept: 'Văn bản vẫn còn, chưa gửi đi đâu.',
    next: 'Giảm dung lượng tệp PDF rồi lập lại, hoặc gửi bản giấy.',
  },
  EDXML_INVALID: {
    what: 'Trục liên thông không đọc được văn bản này.',
    kept: 'Văn bản vẫn còn, chưa gửi đi đâu.',
    next: 'Xuất tệp chẩn đoán trong Cài đặt và gửi cho bộ phận kỹ thuật.',
  },
  DIGEST_MISMATCH: {
    what: 'Văn bản bị thay đổi trên đường gửi.',
    kept: 'Bản trên máy này vẫn nguyên.',
    next: 'Bấm Thử lại; nếu vẫn lỗi, báo bộ phận công nghệ thông tin kiểm tra đường truyền.',
  },
  REQUEST_INVALID: {
    what: 'Trục liên thông không hiểu yêu cầu của chương trình.',
    kept: 'Văn bản vẫn còn, chưa gửi đi đâu.',
    next: 'Cập nhật chương trình, hoặc báo nơi quản trị trục liên thông.',
  },
  RATE_LIMITED: {
    what: 'Trục liên thông đang nhận quá nhiều yêu cầu từ nơi này.',
    kept: 'Sổ sách và văn bản trên máy vẫn nguyên.',
    next: 'Đợi vài phút rồi làm lại.',
  },
  FILE_DAMAGED: {
    what: 'Tệp lưu trên máy đã bị hỏng: nội dung không còn đúng như lúc lưu.',
    kept: 'Các văn bản khác không bị ảnh hưởng; tệp hỏng được giữ lại.',
    next: 'Báo bộ phận công nghệ thông tin kiểm tra ổ đĩa và lấy lại tệp từ bản sao lưu.',
  },
  EDXML_NOT_XML: {
    what: 'Tệp này không phải là XML đúng cú pháp.',
    kept: 'Không có gì bị thay đổi.',
    next: 'Kiểm tra lại tệp, hoặc xin nơi gửi gửi lại.',
  },
  EDXML_NOT_EDXML: {
    what: 'Tệp này không phải là tệp văn bản điện tử (edXML).',
    kept: 'Không có gì bị thay đổi.',
    next: 'Kiểm tra lại tệp, hoặc xin nơi gửi gửi lại.',
  },
  EDXML_DTD_REFUSED: {
    what: 'Tệp văn bản điện tử có khai báo DTD nên không được nhận.',
    kept: 'Không có gì bị thay đổi.',
    next: 'Xin nơi gửi gửi lại bản không có khai báo này.',
  },
  EDXML_TOO_LARGE: {
    what: 'Tệp văn bản điện tử quá lớn.',
    kept: 'Không có gì bị thay đổi.',
    next: 'Xin nơi gửi giảm dung lượng tệp kèm theo.',
  },
  EDXML_TOO_DEEP: {
    what: 'Tệp văn bản điện tử có cấu trúc bất thường nên dừng đọc.',
    kept: 'Không có gì bị thay đổi.',
    next: 'Xin nơi gửi gửi lại.',
  },
  EDXML_MISSING_FIELD: {
    what: 'Tệp văn bản điện tử thiếu mục bắt buộc.',
    kept: 'Không có gì bị thay đổi.',
    next: 'Xin nơi gửi bổ sung rồi gửi lại.',
  },
  EDXML_BAD_FIELD: {
    what: 'Tệp văn bản điện tử có mục viết sai.',
    kept: 'Không có gì bị thay đổi.',
    next: 'Xin nơi gửi sửa rồi gửi lại.',
  },
  EDXML_BAD_BASE64: {
    what: 'Tệp kèm theo văn bản bị hỏng.',
    kept: 'Không có gì bị thay đổi.',
    next: 'Xin nơi gửi gửi lại.',
  },
  FOLDER_IN_USE: {
    what: 'Thư mục dữ liệu đang được một chương trình khác dùng.',
    kept: 'Dữ liệu vẫn nguyên.',
    next: 'Đóng chương trình kia rồi làm lại.',
  },
  FOLDER_NOT_WRITABLE: {
    what: 'Không ghi được vào thư mục dữ liệu.',
    kept: 'Dữ liệu vẫn nguyên.',
    next: 'Kiểm tra quyền của thư mục.',
  },
  DATABASE_NEWER: {
    what: 'Dữ liệu do bản mới hơn của chương trình tạo ra.',
    kept: 'Dữ liệu vẫn nguyên.',
    next: 'Cài bản mới của chương trình.',
  },
  DATABASE_DAMAGED: {
    what: 'Tệp dữ liệu bị hỏng.',
    kept: 'Tệp hỏng được giữ nguyên tại chỗ.',
    next: 'Lấy lại từ bản sao lưu; đừng xóa tệp hỏng.',
  },
  ENROL_CODE_USED: {
    what: 'Mã đăng ký này đã được dùng.',
    kept: 'Máy này chưa đăng ký; không có gì bị thay đổi.',
    next: 'Xin nơi quản trị trục liên thông cấp mã mới.',
  },
  UPLOAD_OFFSET_MISMATCH: {
    what: 'Trục liên thông và máy này không khớp về phần văn bản đã gửi.',
    kept: 'Văn bản vẫn ở đây và đang chờ gửi.',
    next: 'Không cần làm gì: chương trình tự gửi tiếp.',
  },
  UPLOAD_INCOMPLETE: {
    what: 'Trục liên thông chưa nhận đủ văn bản.',
    kept: 'Văn bản vẫn ở đây và đang chờ gửi.',
    next: 'Không cần làm gì: chương trình tự gửi tiếp.',
  },
  UPLOAD_LIMIT: {
    what: 'Cơ quan có quá nhiều văn bản lớn đang gửi dở.',
    kept: 'Văn bản vẫn ở đây và đang chờ gửi.',
    next: 'Không cần làm gì: chương trình tự thử lại, chậm nhất sau một ngày.',
  },
  NOT_ADDRESSED: {
    what: 'Văn bản này không gửi cho cơ quan của máy này.',
    kept: 'Sổ sách và văn bản trên máy vẫn nguyên.',
    next: 'Báo nơi quản trị trục liên thông nếu cho là nhầm.',
  },
  RANGE_INVALID: {
    what: 'Phần tải dở không còn khớp với trục liên thông.',
    kept: 'Phần đã nhận trước đó vẫn nguyên.',
    next: 'Không cần làm gì; chương trình tải lại từ đầu.',
  },
  DUTY_OFFLINE: {
    what: 'Chưa làm được vì không liên lạc được với trục liên thông.',
    kept: 'Phần vừa nhập vẫn còn trên màn hình; trục vẫn nhắn theo lịch đã lưu lần trước.',
    next: 'Làm lại khi có mạng.',
  },
  DUTY_CHANGED: {
    what: 'Người khác vừa sửa lịch trực này.',
    kept: 'Những gì vừa nhập vẫn còn trên màn hình.',
    next: 'Tải lại lịch trực, xem chỗ đã đổi rồi lưu lại.',
  },
  PHONE_CODE_INVALID: {
    what: 'Mã xác minh không đúng hoặc đã hết hạn.',
    kept: 'Số điện thoại vẫn ở trạng thái chưa xác minh.',
    next: 'Xem lại tin nhắn, hoặc gửi mã mới.',
  },
  PHONE_NOT_VERIFIED: {
    what: 'Số này chưa được xác minh nên chưa nhắn thử.',
    kept: 'Lịch trực vẫn nguyên.',
    next: 'Gửi mã xác minh tới số này trước; mã đến được thì tin nhắn cũng đến được.',
  },
  NO_CHANNEL: {
    what: 'Trục liên thông không gửi được tin nhắn tới số này.',
    kept: 'Lịch trực vẫn nguyên.',
    next: 'Kiểm tra số điện thoại, hoặc báo nơi quản trị trục liên thông.',
  },
  NOT_SUPERVISING: {
    what: 'Cơ quan của máy này không được giao theo dõi những cơ quan đó.',
    kept: 'Sổ sách và văn bản trên máy vẫn nguyên.',
    next: 'Nếu cần theo dõi, đề nghị nơi quản trị trục liên thông giao quyền.',
  },
  PERIOD_INVALID: {
    what: 'Khoảng ngày không dùng được: ngày đầu phải trước ngày cuối và không quá hai năm.',
    kept: 'Không có gì bị thay đổi.',
    next: 'Chọn khoảng ngày khác.',
  },
  FEEDBACK_CONFLICT: {
    what: 'Trục liên thông đã có nội dung khác mang cùng mã.',
    kept: 'Nội dung đã viết vẫn còn.',
    next: 'Viết và gửi lại thành một vướng mắc mới.',
  },
  FEEDBACK_LIMIT: {
    what: 'Hôm nay cơ quan đã gửi đủ số vướng mắc được nhận trong một ngày.',
    kept: 'Nội dung đã viết vẫn còn.',
    next: 'Gửi lại vào ngày mai; việc gấp thì gọi đơn vị vận hành.',
  },
  FEEDBACK_TOO_LARGE: {
    what: 'Thông tin kỹ thuật kèm theo lớn hơn mức trục liên thông nhận.',
    kept: 'Nội dung đã viết vẫn còn.',
    next: 'Gửi lại, không kèm thông tin kỹ thuật.',
  },
  FEEDBACK_UNSUPPORTED: {
    what: 'Trục liên thông của tỉnh chưa nhận vướng mắc.',
    kept: 'Nội dung đã viết vẫn còn.',
    next: 'Gửi lại sau khi trục liên thông được cập nhật.',
  },
  FEEDBACK_EMPTY: {
    what: 'Chưa viết nội dung.',
    kept: 'Chưa có gì được gửi.',
    next: 'Viết điều đã xảy ra rồi gửi.',
  },
  BUNDLE_GONE: {
    what: 'Thông tin kỹ thuật đã xem không còn nữa.',
    kept: 'Nội dung đã viết vẫn còn; chưa có gì được gửi.',
    next: 'Xem lại thông tin kỹ thuật rồi gửi.',
  },
  UNAVAILABLE: {
    what: 'Trục liên thông tạm ngừng phục vụ.',
    kept: 'Văn bản vẫn chờ trong hàng gửi.',
    next: 'Không cần làm gì; chương trình tự thử lại.',
  },
  BACKUP_PLACE_GONE: {
    what: 'Không thấy nơi lưu bản sao: thư mục, USB hoặc ổ mạng đang vắng mặt.',
    kept: 'Sổ sách trên máy vẫn nguyên; các bản sao lưu đã có không bị đụng tới.',
    next: 'Cắm lại USB hoặc nối lại ổ mạng; chương trình tự sao lưu lại, hoặc chọn nơi khác trong Cài đặt.',
  },
  BACKUP_PLACE_FULL: {
    what: 'Nơi lưu bản sao đã hết chỗ nên chưa sao lưu được.',
    kept: 'Sổ sách trên máy vẫn nguyên; các bản sao lưu đã có còn đủ, bản dở dang không được tính.',
    next: 'Xóa bớt tệp không cần ở nơi đó, hoặc chọn nơi khác trong Cài đặt, rồi bấm Sao lưu ngay.',
  },
  BACKUP_PLACE_NOT_WRITABLE: {
    what: 'Không được phép ghi vào nơi lưu bản sao.',
    kept: 'Sổ sách trên máy vẫn nguyên; các bản sao lưu đã có không bị đụng tới.',
    next: 'Kiểm tra quyền ghi của thư mục hoặc khóa chống ghi của USB, rồi bấm Sao lưu ngay.',
  },
  BACKUP_PLACE_INSIDE: {
    what: 'Thư mục này nằm trong thư mục dữ liệu, hỏng ổ đĩa thì mất cả hai.',
    kept: 'Nơi lưu đang dùng không đổi.',
    next: 'Chọn thư mục ở ổ đĩa khác, ổ mạng hoặc USB.',
  },
  BACKUP_NO_PLACE: {
    what: 'Chưa chọn nơi lưu bản sao.',
    kept: 'Sổ sách trên máy vẫn nguyên.',
    next: 'Chọn nơi lưu trước, rồi bấm Sao lưu ngay.',
  },
  BACKUP_DAMAGED: {
    what: 'Bản sao lưu này bị hỏng hoặc thiếu, đọc lại không khớp.',
    kept: 'Sổ sách trên máy vẫn nguyên, chưa có gì bị thay.',
    next: 'Chọn bản sao lưu khác; báo cán bộ công nghệ thông tin kiểm tra nơi lưu.',
  },
  BACKUP_NEWER: {
    what: 'Bản sao lưu này do phiên bản Văn Thư mới hơn tạo ra.',
    kept: 'Sổ sách trên máy vẫn nguyên, chưa có gì bị thay.',
    next: 'Cập nhật Văn Thư trên máy này rồi phục hồi lại, hoặc chọn bản sao lưu cũ hơn.',
  },
  BACKUP_BUSY: {
    what: 'Đang sao lưu hoặc phục hồi.',
    kept: 'Sổ sách trên máy vẫn nguyên.',
    next: 'Đợi việc đang chạy xong rồi làm lại.',
  },
  AUDIT_TOO_LONG: {
    what: 'Nhật ký được chọn dài quá 100.000 dòng, một tệp Excel không chứa hết.',
    kept: 'Chưa xuất tệp nào; nhật ký vẫn nguyên.',
    next: 'Chọn khoảng ngày ngắn hơn, hoặc xuất dạng JSON.',
  },
} satisfies Readonly<Record<string, ErrorWords>>;
