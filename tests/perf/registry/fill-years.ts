import { randomUUID } from 'node:crypto';
import { openDatabase, type OpenDatabase } from '#data/connection/open-database.ts';
import { registersOn } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import type { IncomingFields, OutgoingFields } from '#shared/domain/document-fields.ts';
import { allDocumentTypes } from '#shared/domain/document-types.ts';
import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { fileIdOf, incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';

const YEARS = 5;
const DAY_MS = 24 * 3_600_000;
const BATCH = 5_000;
const FILL_CACHE_KB = 512 * 1024;
/** As a busy office has them at noon. */
export const WAITING = 300;
const IN_PROGRESS = 6_000;
const DRAFTS = 40;

const surnames = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Đỗ', 'Bùi', 'Đặng', 'Ngô', 'Y', "H'"];
const middles = ['Văn', 'Thị', 'Quốc', 'Minh', 'Hồng', 'Thị Thu', 'Đức', 'Ngọc'];
const names = ['Ân', 'Bình', 'Dũng', 'Đạt', 'Hoa', 'Khải', 'Lan', 'Nguyệt', 'Quý', 'Tuyết', 'Ước', 'Yến'];
const kinds = ['Sở', 'UBND xã', 'UBND phường', 'Chi cục', 'Trung tâm', 'Ban Quản lý', 'Công an'];
const fields = [
  'Nội vụ',
  'Tài chính',
  'Ea Súp',
  'Buôn Ma Thuột',
  'Đất đai',
  'Krông Búk',
  'Y tế',
  'Tư pháp',
  'Ea Trang',
];
const works = ['tăng cường', 'báo cáo', 'triển khai', 'góp ý dự thảo', 'kiểm tra', 'phối hợp', 'đôn đốc'];
const subjects = ['chuyển đổi số', 'cải cách hành chính', 'phòng cháy, chữa cháy', 'quản lý đất đai', 'tuyển sinh'];
const units = ['Phòng Tổng hợp', 'Phòng Nội chính', 'Phòng Kinh tế', 'Trần Quốc Khải', 'Phòng Khoa giáo - Văn xã'];

/** Numbers of a fixed series (mulberry32): the same documents on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
  };
}

export interface YearsFilled {
  /** Arrivals without a number. */
  readonly waitingIds: readonly string[];
  /** Names that lists can be filtered by: frequent and rare ones. */
  readonly agencies: readonly string[];
  readonly signers: readonly string[];
}

/**
 * Five years of an office, two incoming documents for each outgoing one, made up from a seed. Types, agencies and signers
 * are as uneven as in life: a few stand on half of all documents, many on a handful.
 */
export function fillYears(dataDir: string, documents: number, agency: { code: string; name: string }): YearsFilled {
  const random = seeded(20_261_128);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  /** The first ones far more often than the last. */
  const uneven = <T>(list: readonly T[]): T =>
    list[Math.min(random(list.length), random(list.length), random(list.length))] as T;
  const agencies = Array.from({ length: 400 }, (_, at) => `${kinds[at % kinds.length]} ${pick(fields)} ${at + 1}`);
  const signers = Array.from({ length: 900 }, () => `${pick(surnames)} ${pick(middles)} ${pick(names)}`);
  const types = ['Công văn', ...allDocumentTypes.map(({ name }) => name).filter((name) => name !== 'Công văn')];
  const urgencyOf = (): Urgency => {
    const at = random(1000);
    return at < 12 ? 'express' : at < 16 ? 'express-timed' : at < 60 ? 'very-urgent' : at < 150 ? 'urgent' : 'normal';
  };
  const newest = Date.now();
  const last = new Map<string, number>();
  const numberOf = (book: string, year: number): number => {
    const number = (last.get(`${book} ${year}`) ?? 0) + 1;
    last.set(`${book} ${year}`, number);
    return number;
  };
  const waitingIds: string[] = [];
  const database = openDatabase(dataDir, noLog);
  const opened = registersOn(database, noLog);
  const rebuild = fillFast(database.sqlite);
  try {
    for (let from = 0; from < documents; from += BATCH) {
      opened.registers.tx('fill', (stores) => {
        stores.office.setAgency(agency);
        for (let at = from; at < Math.min(from + BATCH, documents); at += 1) {
          const left = documents - at;
          const time = new Date(newest - (left * YEARS * 365 * DAY_MS) / documents);
          const instant = time.toISOString();
          const shared = {
            abstract: `V/v ${pick(works)} công tác ${pick(subjects)} của ${pick(agencies)} lần ${at}`,
            documentType: random(10) < 6 ? 'Công văn' : uneven(types),
            signerName: uneven(signers),
            urgency: urgencyOf(),
            dueAt: random(5) === 0 ? new Date(time.getTime() + random(20) * DAY_MS).toISOString() : null,
          };
          const times = { createdAt: instant, changedAt: new Date(time.getTime() + random(9) * DAY_MS).toISOString() };
          const taken = (id: string, book: 'incoming' | 'outgoing') => {
            const year = time.getUTCFullYear();
            const number = numberOf(book, year);
            stores.books.take({
              bookId: book,
              year,
              number,
              suffix: '',
              documentId: id,
              at: instant,
              personId: FIRST_PERSON_ID,
            });
          };
          if (at % 3 === 2) {
            const waits = left <= DRAFTS * 3;
            const own: OutgoingFields = { ...plainFields, ...shared };
            const record = outgoingRecord({
              ...times,
              state: waits ? 'draft' : 'sent',
              fields: own,
              codeText: `${at % 9000}/VPUBND-${pick(['TH', 'NC', 'KT'])}`,
              sentAt: waits ? null : instant,
              attachments: [],
            });
            const to = Array.from({ length: 1 + random(4) }, (_, n) => ({
              agencyCode: `H15.${10 + ((random(90) + n * 100) % 390)}`,
              agencyName: pick(agencies),
            }));
            stores.outgoing.insert(record, [...new Map(to.map((each) => [each.agencyCode, each])).values()]);
            if (!waits) taken(record.id, 'outgoing');
            continue;
          }
          const waits = left <= WAITING * 1.5;
          const agencyName = uneven(agencies);
          const incoming: IncomingFields = {
            ...incomingRecord().fields,
            ...shared,
            agencyName,
            codeText: `${1 + random(4000)}/${pick(['SNV', 'STC', 'UBND', 'SYT'])}-${pick(['TH', 'VP', 'NV'])}`,
            date: instant.slice(0, 10),
            forwardTo: waits ? '' : uneven(units),
          };
          const record = incomingRecord({
            ...times,
            state: waits
              ? 'arrived'
              : left <= IN_PROGRESS * 1.5
                ? 'registered'
                : random(60) === 0
                  ? 'returned'
                  : 'done',
            fields: incoming,
            opened: true,
            arrivedAt: instant,
            received: {
              messageId: randomUUID(),
              senderCode: `H15.${10 + (at % 390)}`,
              senderName: agencyName,
              documentId: randomUUID(),
              edxmlFileId: fileIdOf('x'),
            },
          });
          stores.incoming.insert(record, []);
          if (waits) waitingIds.push(record.id);
          else if (record.state !== 'returned') taken(record.id, 'incoming');
        }
      });
    }
    rebuild();
  } finally {
    opened.close();
  }
  return { waitingIds, agencies, signers };
}

/** Nothing of a half-filled register is kept, so nothing waits for the disk; indexes are built at the end, each in its own order. */
function fillFast(sqlite: OpenDatabase['sqlite']): () => void {
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma(`cache_size = -${FILL_CACHE_KB}`);
  const indexes = sqlite
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'document' AND sql LIKE 'CREATE INDEX %'",
    )
    .all();
  for (const { name } of indexes) sqlite.exec(`DROP INDEX ${name}`);
  return () => {
    for (const { sql } of indexes) sqlite.exec(sql);
  };
}
