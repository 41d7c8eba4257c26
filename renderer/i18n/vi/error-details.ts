/** A further sentence for an error that names what it is about; shown when the answer brings every blank of it. */
export const errorDetails = {
  NOT_ALLOWED: 'Việc này dành cho: {{may}}.',
  PRINTED_NUMBER_DIFFERS: 'Trên văn bản in số {{printed}}, số kế tiếp của sổ là {{next}}.',
  DUPLICATE_DOCUMENT: 'Trong sổ đã có số đến {{arrivalNumber}}: {{codeText}}.',
  DATE_IN_FUTURE: 'Văn bản ghi ngày {{date}}, hôm nay là {{today}}.',
  EXPRESS_HOUR_GONE: 'Giờ hẹn: {{at}}.',
  DUE_DATE_GONE: 'Hạn đã đặt: {{at}}.',
  SECRET_DOCUMENT: 'Dấu đọc được: {{mark}}.',
  RECIPIENT_NOT_IN_DIRECTORY: 'Mã không tìm thấy: {{agency}}.',
  PDF_TOO_LARGE: 'Giới hạn là {{limit}}.',
  SIGN_CERT_EXPIRED: 'Chứng thư của {{name}} hết hạn ngày {{date}}.',
  SIGN_CERT_NOT_YET_VALID: 'Chứng thư của {{name}} có hiệu lực từ ngày {{date}}.',
  SIGN_CERT_WRONG_USAGE: 'Chứng thư: {{name}}.',
  AGENCY_DIFFERS: 'Mã của: {{agencyName}} ({{agency}}); sổ trên máy của cơ quan có mã {{registerAgency}}.',
  REGISTER_EXISTS: 'Máy đang giữ sổ: {{workstationName}}, từ ngày {{since}}.',
  REGISTER_OUTDATED: 'Máy có bản mới hơn: {{workstationName}}, từ ngày {{since}}.',
  IMAGE_NOT_PNG: 'Tệp đã chọn: {{file}}.',
};
