import type { IncomingBox } from '#shared/domain/incoming-state.ts';
import type { OutgoingBox, OutgoingState } from '#shared/domain/outgoing-state.ts';

interface EmptyWords {
  readonly title: string;
  readonly text: string;
}

export const list = {
  boxesIncoming: 'Chọn mục văn bản đến',
  boxesOutgoing: 'Chọn mục văn bản đi',
  incoming: {
    'to-register': 'Chờ vào sổ',
    express: 'Hỏa tốc',
    'in-progress': 'Đang xử lý',
    due: 'Đến hạn',
    overdue: 'Quá hạn',
    done: 'Đã xong',
  } satisfies Record<IncomingBox, string>,
  outgoing: {
    drafts: 'Dự thảo',
    'to-sign': 'Chờ ký',
    'to-send': 'Chờ gửi',
    sent: 'Đã gửi',
    'not-arrived': 'Chưa đến nơi',
    returned: 'Bị trả lại',
  } satisfies Record<OutgoingBox, string>,
  filter: 'Lọc danh sách',
  fresh_other: '{{count}} văn bản mới đến · Hiện ra',
  unread: 'Chưa mở',
  noCode: 'Không số',
  noAbstract: 'Chưa có trích yếu',
  noMatch: 'Không có văn bản nào khớp với “{{text}}” trong mục này',
  noMatchHint: 'Bớt từ khi lọc, hoặc tìm trong tất cả bằng Ctrl K.',
  due: 'Hạn {{date}}',
  returned: 'Đã trả lại',
  arrivalNumber: 'Số đến {{number}}',
  recipients_other: '{{count}} nơi nhận',
  refused_other: '{{count}} nơi trả lại',
  blocked_other: '{{count}} nơi chưa gửi được',
  accepted: '{{accepted}}/{{total}} đã tiếp nhận',
  allAccepted: 'Đã tiếp nhận đủ',
  state: {
    draft: 'Dự thảo',
    discarded: 'Đã bỏ',
    approved: 'Chờ lấy số',
    numbered: 'Chờ ký',
    signed: 'Chờ đóng dấu',
    sealed: 'Chờ phát hành',
    queued: 'Đang chờ gửi',
    sent: 'Đã gửi',
    cancelled: 'Đã hủy số',
  } satisfies Record<OutgoingState, string>,
  verdict: {
    invalid: 'Chữ ký không hợp lệ',
    warn: 'Chữ ký cần lưu ý',
    indet: 'Chữ ký chưa kết luận được',
    unsigned: 'Không có chữ ký số',
  },
  column: {
    arrivalNumber: 'Số đến',
    codeText: 'Số, ký hiệu',
    agencyName: 'Cơ quan ban hành',
    abstract: 'Trích yếu',
    needs: 'Cần lưu ý',
    arrived: 'Đến lúc',
    documentType: 'Loại',
    recipients: 'Nơi nhận',
    state: 'Tình trạng',
    changed: 'Cập nhật',
  },
  columnWidth: 'Độ rộng cột {{column}}',
  listWidth: 'Độ rộng danh sách',
  emptyIncoming: {
    'to-register': {
      title: 'Không còn văn bản chờ vào sổ',
      text: 'Văn bản mới đến sẽ hiện ở đây, hỏa tốc nằm trên cùng.',
    },
    express: { title: 'Không có văn bản hỏa tốc', text: 'Văn bản hỏa tốc chưa xong sẽ hiện ở đây kèm giờ hẹn.' },
    'in-progress': { title: 'Không có văn bản đang xử lý', text: 'Văn bản đã vào sổ mà chưa xong sẽ nằm ở đây.' },
    due: { title: 'Không có văn bản sắp đến hạn', text: 'Văn bản còn ít ngày giải quyết sẽ hiện ở đây.' },
    overdue: { title: 'Không có văn bản quá hạn', text: 'Văn bản quá hạn mà chưa xong sẽ hiện ở đây.' },
    done: { title: 'Chưa có văn bản nào xong', text: 'Văn bản đã xong hoặc đã trả lại được giữ ở đây.' },
  } satisfies Record<IncomingBox, EmptyWords>,
  emptyOutgoing: {
    drafts: { title: 'Không có dự thảo', text: 'Nhấn Ctrl N, hoặc kéo tệp PDF vào cửa sổ này để bắt đầu văn bản mới.' },
    'to-sign': { title: 'Không có văn bản chờ ký', text: 'Dự thảo đã duyệt sẽ sang đây để lấy số, ký và đóng dấu.' },
    'to-send': {
      title: 'Không có văn bản chờ gửi',
      text: 'Văn bản đã đóng dấu nằm ở đây đến khi gửi xong; mất mạng thì tự gửi lại.',
    },
    sent: { title: 'Chưa gửi văn bản nào', text: 'Văn bản đã gửi nằm ở đây, kèm tình trạng ở từng nơi nhận.' },
    'not-arrived': {
      title: 'Không có văn bản nào chậm đến',
      text: 'Văn bản đã chuyển mà máy của nơi nhận chưa lấy về sau thời gian thường lệ thì hiện ở đây.',
    },
    returned: { title: 'Không có văn bản bị trả lại', text: 'Khi nơi nhận trả lại, văn bản hiện ở đây kèm lý do.' },
  } satisfies Record<OutgoingBox, EmptyWords>,
};
