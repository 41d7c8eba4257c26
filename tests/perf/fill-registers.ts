import { randomUUID } from 'node:crypto';
import type { IncomingRecord } from '#core/incoming/incoming-store.ts';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';

const tasks = ['tăng cường', 'báo cáo', 'triển khai', 'góp ý dự thảo', 'mời họp', 'kiểm tra', 'phối hợp', 'đôn đốc'];
const subjects = [
  'chuyển đổi số',
  'cải cách hành chính',
  'phòng cháy, chữa cháy',
  'giải ngân vốn đầu tư công',
  'an toàn thực phẩm',
  'tuyển sinh',
  'phòng chống thiên tai',
  'thi đua, khen thưởng',
  'quản lý đất đai',
];
const places = ['các sở, ban, ngành', 'các xã, phường', 'toàn tỉnh', 'khu vực biên giới', 'các trường học'];
const senders = ['Sở Nội vụ', 'Sở Tài chính', 'Sở Y tế', 'UBND phường Buôn Ma Thuột', 'Công an tỉnh', 'Sở Tư pháp'];
const DAY_MS = 24 * 3600 * 1000;

const pick = (list: readonly string[], at: number): string => list[at % list.length] ?? '';

export interface FillRequest {
  readonly documents: number;
  /** How many of them, the newest, still wait for their arrival number. */
  readonly waiting: number;
  /** Whose registers these are; null leaves what the folder says. */
  readonly agency: { readonly code: string; readonly name: string } | null;
}

/** Fills the registers below `dataDir` with years of incoming documents, the newest last; the ids of the waiting ones. */
export function fillRegisters(dataDir: string, { documents, waiting, agency }: FillRequest): readonly string[] {
  const opened = openRegisters(dataDir, noLog);
  const waitingIds: string[] = [];
  const batch = 5_000;
  const newest = Date.now();
  const numbers = new Map<number, number>();
  try {
    for (let from = 0; from < documents; from += batch) {
      opened.registers.tx('fill', (stores) => {
        if (agency !== null) stores.office.setAgency(agency);
        for (let at = from; at < Math.min(from + batch, documents); at += 1) {
          const arrived = new Date(newest - ((documents - at) * 5 * 365 * DAY_MS) / documents);
          const record = incomingRecord(at, arrived);
          if (at >= documents - waiting) {
            waitingIds.push(record.id);
            stores.incoming.insert(record, []);
          } else {
            const year = arrived.getUTCFullYear();
            const number = (numbers.get(year) ?? 0) + 1;
            numbers.set(year, number);
            stores.incoming.insert({ ...record, state: 'done' }, []);
            stores.books.take({
              bookId: 'incoming',
              year,
              number,
              suffix: '',
              documentId: record.id,
              at: record.arrivedAt,
              personId: FIRST_PERSON_ID,
            });
          }
        }
      });
    }
  } finally {
    opened.close();
  }
  return waitingIds;
}

function incomingRecord(at: number, arrived: Date): IncomingRecord {
  const agencyName = pick(senders, at * 7);
  const day = arrived.toISOString().slice(0, 10);
  const codeText = `${at + 1}/UBND-${pick(['TH', 'NC', 'KT', 'VX'], at)}`;
  return {
    id: randomUUID(),
    revision: 1,
    state: 'arrived',
    bookId: 'incoming',
    numbered: null,
    reason: null,
    source: 'exchange',
    paperSenderCode: null,
    received: {
      messageId: randomUUID(),
      senderCode: `H15.${(at % 40) + 10}`,
      senderName: agencyName,
      documentId: `H15,${day},${codeText}`,
      edxmlFileId: '0'.repeat(64),
    },
    fields: {
      agencyName,
      codeText,
      date: day,
      documentType: 'Công văn',
      abstract: `V/v ${pick(tasks, at)} công tác ${pick(subjects, at * 3)} tại ${pick(places, at * 5)} lần ${at}`,
      signerName: 'Nguyễn Thị Ánh Tuyết',
      signerTitle: 'Phó Giám đốc',
      pageAmount: null,
      ...noMeeting,
      urgency: 'normal',
      dueAt: null,
      forwardTo: '',
      paper: 'none',
    },
    reading: { sources: {}, regions: {} },
    warnings: [],
    verification: null,
    expressAt: null,
    opened: true,
    arrivedAt: arrived.toISOString(),
    createdAt: arrived.toISOString(),
    changedAt: arrived.toISOString(),
  };
}
