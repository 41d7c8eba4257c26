import type { FindingCode } from '../domain/verification.ts';

/**
 * What a finding says to a clerk: what is wrong, where, and what to do. `{name}` stands for a parameter of the finding;
 * dates arrive already formatted.
 */
export type FindingMessages = Readonly<Record<FindingCode, string>>;

export const findingsVi: FindingMessages = {
  FILE_DAMAGED:
    'Tệp bị hỏng nên không kiểm tra được chữ ký. Không sử dụng tệp này; hãy yêu cầu nơi gửi gửi lại bản gốc.',
  FILE_ENCRYPTED:
    'Tệp được bảo vệ bằng mật khẩu nên chưa kiểm tra được chữ ký. Hãy yêu cầu nơi gửi gửi lại bản không đặt mật khẩu.',
  ENCRYPTION_CHANGED:
    'Cách mã hóa của tệp đã bị thay đổi sau khi ký. Không sử dụng văn bản này; hãy yêu cầu nơi gửi gửi lại bản gốc.',
  FILE_UNUSUAL:
    'Cấu trúc tệp khác thường ({notes}); phần mềm khác có thể hiển thị tệp này khác đi. Hãy đối chiếu với nơi gửi trước khi sử dụng.',
  FILE_TOO_COMPLEX: 'Tệp bất thường, đã dừng kiểm tra. Không sử dụng tệp này khi chưa đối chiếu với nơi gửi.',
  TRAILING_BYTES:
    'Có dữ liệu lạ được thêm vào cuối tệp sau khi ký. Hãy bấm "Xem bản đã ký" và yêu cầu nơi gửi gửi lại bản gốc.',
  TRAILING_PADDING:
    'Cuối tệp có khoảng trắng được chèn thêm sau khi ký; nội dung đã ký không đổi. Hãy đề nghị nơi gửi gửi lại bản gốc nếu cần lưu giữ lâu dài.',
  ORPHAN_SIGNATURE:
    'Trong tệp có một chữ ký không gắn với nội dung đang hiển thị, có thể đã bị gỡ ra. Hãy yêu cầu nơi gửi gửi lại bản gốc.',
  SIGNATURE_REMOVED:
    'Một chữ ký có trong bản trước của tệp đã bị gỡ bỏ. Không sử dụng văn bản này; hãy yêu cầu nơi gửi gửi lại bản gốc.',
  SIGNATURE_SHARED: 'Hai ô chữ ký dùng chung một chữ ký ({field}). Hãy đối chiếu với nơi gửi trước khi sử dụng.',
  SIGNATURE_STRUCTURE:
    'Chữ ký không hợp lệ: cấu trúc chữ ký bị thiếu hoặc sai. Không sử dụng văn bản này; hãy yêu cầu nơi gửi gửi lại.',
  NOT_COVERED:
    'Chữ ký không bao phủ nội dung đang hiển thị. Không sử dụng văn bản này; hãy yêu cầu nơi gửi gửi lại bản gốc.',
  SIGNATURE_DICT_CHANGED:
    'Thông tin của chữ ký "{field}" đã bị sửa sau khi ký. Không sử dụng văn bản này; hãy yêu cầu nơi gửi gửi lại bản gốc.',
  SIGNATURE_APPEARANCE_CHANGED:
    'Hình ảnh của chữ ký "{field}" đã bị thay sau khi ký. Hãy bấm "Xem bản đã ký" và yêu cầu nơi gửi gửi lại bản gốc.',
  SIGNATURE_COVERS_PAGE:
    'Một chữ ký thêm sau có hình ảnh che phần lớn trang {page}. Hãy bấm "Xem bản đã ký" để xem nội dung bên dưới.',
  SUBFILTER_OBSOLETE:
    'Chữ ký dùng định dạng cũ ({subFilter}), không còn đủ an toàn. Hãy đề nghị nơi gửi ký lại bằng định dạng hiện hành.',
  SUBFILTER_UNKNOWN: 'Chữ ký dùng định dạng chưa được hỗ trợ ({subFilter}). Hãy kiểm tra bằng phần mềm của nơi gửi.',
  CMS_MALFORMED: 'Định dạng chữ ký không đúng chuẩn. Không sử dụng văn bản này; hãy yêu cầu nơi gửi ký lại và gửi lại.',
  DIGEST_MISMATCH:
    'Nội dung đã bị thay đổi sau khi ký. Không sử dụng văn bản này; hãy yêu cầu nơi gửi gửi lại bản gốc.',
  SIGNATURE_MISMATCH:
    'Chữ ký không khớp với chứng thư của người ký. Không sử dụng văn bản này; hãy yêu cầu nơi gửi ký lại.',
  SIGNER_CERT_MISSING: 'Chữ ký không kèm chứng thư của người ký nên không biết ai đã ký. Hãy yêu cầu nơi gửi ký lại.',
  SIGNING_CERT_MISMATCH:
    'Chứng thư kèm theo không phải chứng thư đã dùng để ký. Không sử dụng văn bản này; hãy yêu cầu nơi gửi ký lại.',
  SIGNING_CERT_ABSENT:
    'Chữ ký không ghi chứng thư đã dùng để ký, chưa đúng chuẩn PAdES. Hãy đề nghị nơi gửi cập nhật phần mềm ký số.',
  PROFILE_DEVIATION: 'Chữ ký có thuộc tính ngoài chuẩn PAdES ({attribute}). Không ảnh hưởng đến giá trị của chữ ký.',
  ALGORITHM_MISMATCH:
    'Các thuật toán ghi trong chữ ký mâu thuẫn với nhau. Không sử dụng văn bản này; hãy yêu cầu nơi gửi ký lại.',
  ALGORITHM_WEAK:
    'Chữ ký dùng thuật toán yếu ({algorithm}), không còn đủ an toàn. Hãy đề nghị nơi gửi ký lại bằng thuật toán mạnh hơn.',
  ALGORITHM_UNSUPPORTED:
    'Chưa hỗ trợ thuật toán của chữ ký ({algorithm}) nên chưa kết luận được. Hãy kiểm tra bằng phần mềm của nơi gửi.',
  PAGES_CHANGED:
    'Sau khi ký đã thêm {added} trang, xóa {removed} trang hoặc đổi thứ tự trang. Hãy bấm "Xem bản đã ký" và yêu cầu nơi gửi gửi lại bản gốc.',
  PAGE_CONTENT_CHANGED:
    'Nội dung trang {page} đã bị thay đổi sau khi ký. Hãy bấm "Xem bản đã ký" và yêu cầu nơi gửi gửi lại bản gốc.',
  ANNOTATION_CHANGED:
    'Trang {page} có ghi chú hoặc hình được thêm, sửa hay xóa sau khi ký, không thuộc phần đã ký. Hãy bấm "Xem bản đã ký" để xem bản gốc.',
  FORM_CHANGED:
    'Ô nhập liệu "{field}" được điền hoặc sửa sau khi ký, không thuộc phần đã ký. Hãy bấm "Xem bản đã ký" để đối chiếu.',
  FIELD_CHANGED:
    'Ô nhập liệu hoặc ô chữ ký "{field}" bị thêm, sửa hay xóa sau khi ký. Hãy bấm "Xem bản đã ký" và yêu cầu nơi gửi gửi lại bản gốc.',
  DOCUMENT_CHANGED:
    'Cấu trúc chung của tệp ({key}) bị thay đổi sau khi ký; có thể có nội dung ẩn được lộ ra hoặc thay thế. Hãy bấm "Xem bản đã ký" và yêu cầu nơi gửi gửi lại bản gốc.',
  CHANGE_NOT_PERMITTED:
    'Có thay đổi không được người ký cho phép. Hãy bấm "Xem bản đã ký" và yêu cầu nơi gửi gửi lại bản gốc.',
  SHADOW_LAYERS:
    'Văn bản có lớp nội dung bật, tắt được khi xem hoặc in; phần mềm khác có thể hiển thị khác đi. Hãy đối chiếu với nơi gửi trước khi sử dụng.',
  SHADOW_SCRIPT:
    'Văn bản có mã lệnh (JavaScript) có thể thay đổi nội dung hiển thị. Hãy đối chiếu với nơi gửi trước khi sử dụng.',
  SHADOW_VALUES:
    'Văn bản có ô nhập liệu do phần mềm xem tự vẽ lại, có thể khác với hình đã ký. Hãy đối chiếu giá trị các ô với nơi gửi trước khi sử dụng.',
  SHADOW_XFA:
    'Văn bản có biểu mẫu XFA có thể hiển thị thay cho các trang. Hãy đề nghị nơi gửi gửi bản PDF thông thường.',
  SHADOW_EXTERNAL:
    'Văn bản lấy một phần nội dung từ tệp khác bên ngoài; phần đó không được ký. Hãy đề nghị nơi gửi gửi bản có đủ nội dung.',
  SHADOW_COVERED:
    'Trang {pages} có chữ bị hình hoặc ô màu che khuất; phần bị che có thể khác với phần đang thấy. Hãy đối chiếu với nơi gửi trước khi sử dụng.',
  SHADOW_PAGES: 'Tệp còn giữ những trang không được hiển thị. Hãy đối chiếu với nơi gửi trước khi sử dụng.',
  CERT_UNTRUSTED:
    'Chứng thư của {name} do "{issuer}" cấp, chưa có trong danh sách tin cậy của máy này. Hãy báo cán bộ công nghệ thông tin thêm chứng thư gốc nếu đó là nơi cấp hợp lệ.',
  CERT_EXPIRED:
    'Chứng thư của {name} hết hạn từ {date}; không chứng minh được là đã ký trước ngày đó. Hãy đối chiếu với nơi gửi.',
  CERT_NOT_YET_VALID:
    'Chứng thư của {name} chỉ có hiệu lực từ {date}. Hãy kiểm tra ngày giờ của máy, rồi đối chiếu với nơi gửi.',
  CERT_REVOKED: 'Chứng thư của {name} bị thu hồi từ {date}. Không sử dụng văn bản này; hãy trả lại nơi gửi.',
  CERT_WRONG_USAGE:
    'Chứng thư của {name} không được phép dùng để ký văn bản. Hãy yêu cầu nơi gửi ký lại bằng đúng chứng thư.',
  CERT_CHAIN_INVALID:
    'Chứng thư của {name} do một nơi không có quyền cấp chứng thư cấp. Không sử dụng văn bản này; hãy trả lại nơi gửi.',
  REVOCATION_NOT_CHECKED:
    'Chưa kiểm tra được chứng thư của {name} có bị thu hồi hay không. Hãy kết nối mạng và kiểm tra lại.',
  REVOCATION_STALE:
    'Danh sách thu hồi của nơi cấp chứng thư cho {name} đã cũ (đến {date}). Hãy kết nối mạng và kiểm tra lại.',
  TIMESTAMP_UNPROVEN:
    'Chữ ký có kèm dấu thời gian của {name}, nhưng chưa xác minh được nơi cấp dấu ({cause}), nên thời điểm ký chưa được chứng minh.',
  TIMESTAMP_MISMATCH: 'Dấu thời gian không khớp; thời điểm ký không được bảo đảm. Hãy yêu cầu nơi gửi ký lại.',
};
