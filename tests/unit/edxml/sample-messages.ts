import type { EdxmlDocumentContent, EdxmlOrgan, EdxmlStatusContent } from '#shared/edxml/edxml-message.ts';

export function organ(organId: string, organName = ''): EdxmlOrgan {
  return {
    organId,
    organizationInCharge: 'UBND tỉnh Đắk Lắk',
    organName,
    organAdd: '',
    email: '',
    telephone: '',
    fax: '',
    website: '',
  };
}

/** A document with every field filled, so that a lost one shows. */
export const fullDocument: EdxmlDocumentContent = {
  from: {
    organId: 'H15.02',
    organizationInCharge: 'UBND tỉnh Đắk Lắk',
    organName: 'Sở Thông tin và Truyền thông',
    organAdd: '08 Lý Thái Tổ, TP. Buôn Ma Thuột',
    email: 'vanthu@example.invalid',
    telephone: '0262 0000000',
    fax: '0262 0000001',
    website: 'https://example.invalid/?a=1&b=2',
  },
  to: [organ('H15.03', 'Sở Nội vụ'), organ('H15.31', 'UBND huyện Cư M’gar')],
  documentId: 'H15.02,2017/05/24,241/STTTT-CNTT',
  codeNumber: '241',
  codeNotation: 'STTTT-CNTT',
  promulgationPlace: 'Đắk Lắk',
  promulgationDate: '2017-05-24',
  documentType: { type: 2, typeDetail: 18, typeName: 'Công văn' },
  subject: 'V/v triển khai "một cửa" <điện tử> & chữ ký số',
  content: 'Nội dung tóm tắt',
  signer: { competence: 'KT. GIÁM ĐỐC', position: 'PHÓ GIÁM ĐỐC', fullName: 'Nguyễn Thị Ánh Tuyết' },
  dueDate: '2017-06-01',
  timing: { dueAt: '2017-06-01T16:30:00+07:00', expressAt: '2017-05-24T14:00:00+07:00' },
  meeting: {
    startsAt: '2017-06-02T14:00:00+07:00',
    endsAt: '2017-06-02T17:00:00+07:00',
    place: 'Phòng họp <số 1>, tầng 2; 09 Lê Duẩn',
    chair: 'Đồng chí Chủ tịch UBND tỉnh',
    link: 'https://hop.example.invalid/?a=1&b=2',
    papers: 'Báo cáo quý I,\nbản in',
  },
  toPlaces: ['Như trên;', 'Lưu: VT, CNTT.'],
  otherInfo: {
    priority: 3,
    sphereOfPromulgation: 'Trong tỉnh',
    typerNotation: 'NTH',
    promulgationAmount: 25,
    pageAmount: 3,
    appendixes: ['Phụ lục 1', 'Phụ lục 2'],
  },
  responseFor: [
    { organId: 'H15', code: '7816/UBND-TH', promulgationDate: '2017-05-01', documentId: 'H15,2017/05/01,7816/UBND-TH' },
  ],
  steeringType: 1,
  trace: [{ organId: 'H15.02', timestamp: '2017-05-24T08:09:10+07:00' }],
  business: {
    docType: 2,
    reason: 'Sửa trích yếu',
    documentId: 'H15.02,2017/05/23,240/STTTT-CNTT',
    documentInfoUpdated: true,
    receiversUpdated: false,
    receivers: [{ organId: 'H15.03', receiverType: '0' }],
    staff: { department: 'Văn phòng', staff: 'Trần Văn Ước', mobile: '0900000000', email: 'uoc@example.invalid' },
    paper: false,
    replacements: [{ documentId: 'H15.02,2016/01/02,1/STTTT-VP', organIds: ['H15.03', 'H15.31'] }],
  },
  attachments: [
    {
      contentId: '209',
      name: 'cong-van-241.pdf',
      contentType: 'application/pdf',
      description: 'Văn bản chính',
      bytes: new TextEncoder().encode('%PDF-1.7 nội dung'),
    },
    {
      contentId: 'b2',
      name: 'danh sách.xlsx',
      contentType: 'application/octet-stream',
      description: '',
      bytes: Uint8Array.of(0, 255, 1, 254),
    },
  ],
};

export const fullStatus: EdxmlStatusContent = {
  from: organ('H15.03', 'Sở Nội vụ'),
  responseFor: {
    organId: 'H15.02',
    code: '241/STTTT-CNTT',
    promulgationDate: '2017-05-24',
    documentId: 'H15.02,2017/05/24,241/STTTT-CNTT',
  },
  staff: { department: 'Văn thư', staff: 'Lê Thị Hồng', mobile: '', email: '' },
  statusCode: '03',
  description: 'Đã vào sổ, số đến 1024',
  timestamp: '2017-05-24T09:00:01+07:00',
};
