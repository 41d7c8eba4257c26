import { postingWayWords } from '#shared/domain/other-recipient.ts';
import type { FormName } from '#shared/domain/printed-forms.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { addDays, formatInstantDay, formatVnDate, vietnamInstant } from '#shared/domain/vn-date.ts';
import { LIMITED_TEXT } from '../access/shield.ts';
import type { WeekFigures, WeekOfHolder } from '../board/board-store.ts';
import type { ReadStores } from '../ports/stores.ts';
import type { FollowedDocument, IssuedOfType, PostedItem } from './printed-form-store.ts';
import type { FormTable, TableColumn, TableRow } from './form-table.ts';

/** Days of Việt Nam, both included. */
export interface FormPeriod {
  readonly fromDay: string;
  readonly toDay: string;
}

export interface MadeTable extends FormTable {
  /** What the sums at the foot of a page count; null for a form that has its sums in its last row. */
  readonly words: readonly string[] | null;
}

/** The table of a form for a period, as the register knows it now. */
export function tableOf(
  { printedForms: forms, board }: Pick<ReadStores, 'printedForms' | 'board'>,
  form: FormName,
  { fromDay, toDay }: FormPeriod,
  now: Date,
  hidden: ReadonlySet<string>,
): MadeTable {
  const instant = (day: string): string => new Date(vietnamInstant(day, '00:00')).toISOString();
  // Of a document that is not for whoever asks, its number and day alone.
  const followed = () =>
    forms
      .followed(instant(fromDay), instant(addDays(toDay, 1)))
      .map((one) =>
        hidden.has(one.documentId)
          ? { ...one, documentType: LIMITED_TEXT, agencyName: '', holder: '', answers: '', noAnswerWhy: '' }
          : one,
      );
  const posted = () =>
    forms
      .posted(fromDay, toDay)
      .map((one) =>
        hidden.has(one.documentId) ? { ...one, agencyName: LIMITED_TEXT, item: '', resultNote: '' } : one,
      );
  switch (form) {
    case 'follow-up':
      return followUpTable(followed(), now);
    case 'post':
      return postTable(posted());
    case 'weekly-report': {
      const days = Math.round((Date.parse(toDay) - Date.parse(fromDay)) / DAY_MS) + 1;
      const [start, end] = [instant(fromDay), instant(addDays(toDay, 1))];
      return weeklyReportTable(
        board.week(start, end),
        board.week(instant(addDays(fromDay, -days)), start),
        board.weekByHolder(start, end),
      );
    }
    case 'incoming-report':
      return incomingReportTable(followed(), now);
    case 'outgoing-report':
      return outgoingReportTable(forms.issued(fromDay, toDay));
  }
}

const DAY_MS = 86_400_000;

const text = (title: string, width: number): TableColumn => ({ title, kind: 'text', width });
const whole = (title: string, width: number): TableColumn => ({ title, kind: 'whole', width });

const isFinished = ({ finishedAt }: FollowedDocument): boolean => finishedAt !== null;
const isLate = ({ dueAt, finishedAt }: FollowedDocument, now: Date): boolean =>
  dueAt !== null && Date.parse(dueAt) < (finishedAt === null ? now.getTime() : Date.parse(finishedAt));

/** Sổ theo dõi giải quyết văn bản đến: seven columns (NĐ 30/2020, Phụ lục IV). */
function followUpTable(documents: readonly FollowedDocument[], now: Date): MadeTable {
  return {
    columns: [
      text('Số đến', 16),
      text('Tên loại, số, ký hiệu, ngày tháng và tên cơ quan ban hành văn bản', 82),
      text('Đơn vị hoặc người nhận', 42),
      { title: 'Thời hạn giải quyết', kind: 'instant', width: 26 },
      text('Tiến độ giải quyết', 38),
      text('Số, ký hiệu văn bản trả lời', 32),
      text('Ghi chú', 26),
    ],
    rows: documents.map((document) => ({
      values: [
        formatNumber(document.number, document.suffix),
        nameOf(document),
        document.holder,
        document.dueAt === null ? null : Date.parse(document.dueAt),
        progressOf(document, now),
        document.answers,
        document.noAnswerWhy === '' ? '' : `Không cần trả lời: ${document.noAnswerWhy}`,
      ],
      counts: [1, Number(isFinished(document)), Number(isLate(document, now))],
    })),
    words: ['văn bản', 'đã giải quyết', 'quá hạn'],
  };
}

function nameOf({ documentType, codeText, date, agencyName }: FollowedDocument): string {
  const number = [documentType, codeText === '' ? '' : `số ${codeText}`].filter(Boolean).join(' ');
  const day = date === null ? '' : ` ngày ${formatVnDate(date)}`;
  return [`${number}${day}`, agencyName].filter(Boolean).join(' của ');
}

function progressOf(document: FollowedDocument, now: Date): string {
  const late = isLate(document, now) ? ', quá hạn' : '';
  if (document.finishedAt === null) return `Đang giải quyết${late}`;
  return `Đã giải quyết ${formatInstantDay(document.finishedAt)}${late}`;
}

/** Sổ gửi văn bản đi bưu điện: six columns. One envelope a recipient and day, as it was handed over. */
function postTable(items: readonly PostedItem[]): MadeTable {
  return {
    columns: [
      { title: 'Ngày chuyển', kind: 'day', width: 24 },
      text('Số, ký hiệu văn bản', 46),
      text('Nơi nhận văn bản', 88),
      whole('Số lượng bì', 18),
      text('Ký nhận và dấu bưu điện', 48),
      text('Ghi chú', 38),
    ],
    rows: items.map((one) => ({
      values: [one.postedOn, one.codeText, one.agencyName, 1, '', postRemark(one)],
      counts: [1],
    })),
    words: ['bì'],
  };
}

/** Ghi chú: copies in the envelope, how it went, its number, and what became of it. */
function postRemark({ copies, way, item, receivedAt, result, resultOn, resultNote }: PostedItem): string {
  const day = resultOn === null ? '' : ` ${formatVnDate(resultOn)}`;
  const became = result === null ? '' : `${result === 'delivered' ? 'Đã phát' : 'Bị trả lại'}${day}`;
  return [
    copies === 1 ? '' : `${copies} bản`,
    way === null ? '' : postingWayWords[way],
    item,
    receivedAt === null ? '' : `Nơi nhận báo đã nhận ${formatInstantDay(receivedAt)}`,
    became === '' || resultNote === '' ? became : `${became} (${resultNote})`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

const NOBODY = '(chưa ghi)';

/** Báo cáo giải quyết văn bản đến (Phụ lục VI), by whom the documents were given to. */
function incomingReportTable(documents: readonly FollowedDocument[], now: Date): MadeTable {
  const groups = new Map<string, FollowedDocument[]>();
  for (const document of documents) {
    const name = document.holder.trim() || NOBODY;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [document]);
    else group.push(document);
  }
  const row = (name: string, of: readonly FollowedDocument[]): TableRow => {
    const count = (which: (document: FollowedDocument) => boolean): number => of.filter(which).length;
    const done = count(isFinished);
    const doneLate = count((each) => isFinished(each) && isLate(each, now));
    const openLate = count((each) => !isFinished(each) && isLate(each, now));
    return {
      values: [
        name,
        of.length,
        done,
        done - doneLate,
        doneLate,
        of.length - done,
        openLate,
        shareOf(done - doneLate, of.length),
        '',
      ],
    };
  };
  const rows = [...groups].toSorted(([, a], [, b]) => b.length - a.length).map(([name, of]) => row(name, of));
  return {
    columns: [
      text('Đơn vị hoặc người nhận', 76),
      whole('Tổng số văn bản đến', 22),
      whole('Đã giải quyết', 22),
      whole('Trong đó đúng hạn', 22),
      whole('Trong đó quá hạn', 22),
      whole('Chưa giải quyết', 22),
      whole('Trong đó quá hạn', 22),
      { title: 'Tỷ lệ giải quyết đúng hạn', kind: 'share', width: 26 },
      text('Ghi chú', 28),
    ],
    rows: documents.length === 0 ? [] : [...rows, row(TOTAL, documents)],
    words: null,
  };
}

const TOTAL = 'Tổng cộng';
const shareOf = (part: number, of: number): number | null => (of === 0 ? null : part / of);

/** What the board counts of a week, for the whole office beside the time before, and of each unit or person that leads. */
function weeklyReportTable(now: WeekFigures, before: WeekFigures, holders: readonly WeekOfHolder[]): MadeTable {
  const figures = ({ received, assigned, finished, inTime, late }: WeekFigures): readonly (number | null)[] => [
    received,
    assigned,
    finished,
    inTime,
    late,
    shareOf(inTime, inTime + late),
  ];
  // What came is the office's: nobody leads it yet.
  const ofHolder = ({ name, assigned, finished, inTime, late }: WeekOfHolder): TableRow => ({
    values: [name, null, assigned, finished, inTime, late, shareOf(inTime, inTime + late), ''],
  });
  return {
    columns: [
      text('Đơn vị hoặc người chủ trì', 84),
      whole('Văn bản đến', 24),
      whole('Đã phân công', 24),
      whole('Đã giải quyết', 24),
      whole('Trong đó đúng hạn', 24),
      whole('Trong đó quá hạn', 24),
      { title: 'Tỷ lệ giải quyết đúng hạn', kind: 'share', width: 26 },
      text('Ghi chú', 32),
    ],
    rows: [
      ...holders.map(ofHolder),
      { values: ['Cả cơ quan', ...figures(now), ''] },
      { values: ['Cả cơ quan, kỳ trước', ...figures(before), ''] },
    ],
    words: null,
  };
}

/** Báo cáo giải quyết văn bản đi (Phụ lục VI), by type, with how far its copies have got. */
function outgoingReportTable(issued: readonly IssuedOfType[]): MadeTable {
  const figures = (of: IssuedOfType): readonly number[] => [
    of.documents,
    of.cancelled,
    of.recipients,
    of.arrived,
    of.accepted,
    of.completed,
    of.returned,
  ];
  const rows = issued.map((of): TableRow => ({ values: [of.documentType, ...figures(of), ''] }));
  const total = issued
    .map(figures)
    .reduce((sum, row) => sum.map((value, at) => value + (row[at] ?? 0)), [0, 0, 0, 0, 0, 0, 0]);
  return {
    columns: [
      text('Tên loại văn bản', 60),
      whole('Số văn bản ban hành', 24),
      whole('Trong đó hủy', 20),
      whole('Số nơi nhận', 24),
      whole('Đã đến nơi nhận', 24),
      whole('Nơi nhận đã vào sổ', 26),
      whole('Nơi nhận đã giải quyết', 28),
      whole('Nơi nhận trả lại', 24),
      text('Ghi chú', 32),
    ],
    rows: issued.length === 0 ? [] : [...rows, { values: [TOTAL, ...total, ''] }],
    words: null,
  };
}
