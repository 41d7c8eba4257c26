import {
  ON_TIME_FLOOR,
  ON_TIME_GOAL,
  OPENING_TARGETS,
  OVERSEEN_STEPS,
  type OverseenStep,
} from '#shared/domain/oversight.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import { addDays, formatVnDate } from '#shared/domain/vn-date.ts';
import type { OverseenPeriod } from '../ports/exchange.ts';
import type { Sheet, SheetColumn } from '../ports/office-files.ts';
import type { NamedDelivery, NamedFigures } from './oversight-calls.ts';

/** A workbook stays one that Excel opens at once, and core is busy with it for a second at most. */
export const MOST_SHEET_ROWS = 20_000;

interface SheetFacts {
  readonly period: OverseenPeriod;
  readonly figures: NamedFigures;
  /** The newest of the period; only those not opened on time when there are too many. */
  readonly deliveries: readonly NamedDelivery[];
  readonly which: 'all' | 'late';
  /** Older ones were left out. */
  readonly cut: boolean;
}

const URGENCY_WORDS: Readonly<Record<Urgency, string>> = {
  normal: 'Thường',
  urgent: 'Khẩn',
  'very-urgent': 'Thượng khẩn',
  express: 'Hỏa tốc',
  'express-timed': 'Hỏa tốc hẹn giờ',
};
const STEP_WORDS: Readonly<Record<OverseenStep, string>> = {
  opened: 'Mở',
  registered: 'Vào sổ',
  finished: 'Hoàn thành',
};

/** The figures of a period for Excel: agencies, the documents behind them, and what each column means. */
export function oversightSheets(facts: SheetFacts): readonly Sheet[] {
  return [agencySheet(facts), deliverySheet(facts), explanation(facts)];
}

function agencySheet({ figures: { agencies } }: SheetFacts): Sheet {
  return {
    name: 'Cơ quan',
    columns: [
      { title: 'Mã', kind: 'text', width: 12 },
      { title: 'Cơ quan', kind: 'text', width: 44 },
      counted('Nhận điện tử'),
      counted('Đã mở'),
      counted('Mở đúng hạn'),
      { title: 'Tỷ lệ mở đúng hạn', kind: 'share', width: 12 },
      counted('Đã vào sổ'),
      counted('Đã hoàn thành'),
      counted('Có hạn xử lý'),
      counted('Xong đúng hạn'),
      { title: 'Tỷ lệ xong đúng hạn', kind: 'share', width: 12 },
      ...OVERSEEN_STEPS.flatMap((step) => timeColumns(STEP_WORDS[step])),
      counted('Hỏa tốc nhận'),
      counted('Hỏa tốc mở muộn hoặc chưa mở'),
      counted('Gửi điện tử'),
      counted('Gửi không kèm giấy'),
      counted('Chỉ gửi giấy'),
      counted('Máy chưa nhận'),
      { title: 'Liên lạc lần cuối', kind: 'instant', width: 17 },
      { title: 'Không liên lạc được', kind: 'text', width: 12 },
    ],
    rows: agencies.map((agency) => [
      agency.code,
      agency.name,
      agency.received,
      agency.opened,
      agency.onTime,
      agency.received === 0 ? null : agency.onTime / agency.received,
      agency.registered,
      agency.finished,
      agency.due,
      agency.finishedInTime,
      agency.due === 0 ? null : agency.finishedInTime / agency.due,
      ...OVERSEEN_STEPS.flatMap((step) => {
        const { median, p90, medianWorking, p90Working } = agency.after[step];
        return [median, p90, medianWorking, p90Working];
      }),
      agency.expressReceived,
      agency.expressOpenedLate,
      agency.sent,
      agency.withoutPaper,
      agency.paperOnly,
      agency.unreachable,
      instant(agency.lastContactAt),
      agency.isUnreachable ? 'x' : null,
    ]),
  };
}

function counted(title: string): SheetColumn {
  return { title, kind: 'whole', width: 11 };
}

function timeColumns(step: string): readonly SheetColumn[] {
  return ['trung vị, phút', 'phân vị 90, phút', 'trung vị, phút làm việc', 'phân vị 90, phút làm việc'].map((what) => ({
    title: `${step}: ${what}`,
    kind: 'decimal',
    width: 13,
  }));
}

function deliverySheet({ deliveries }: SheetFacts): Sheet {
  const at = (title: string): SheetColumn => ({ title, kind: 'instant', width: 17 });
  return {
    name: 'Văn bản',
    columns: [
      { title: 'Số, ký hiệu', kind: 'text', width: 22 },
      { title: 'Nơi gửi', kind: 'text', width: 40 },
      { title: 'Mã nơi nhận', kind: 'text', width: 12 },
      { title: 'Nơi nhận', kind: 'text', width: 40 },
      { title: 'Độ khẩn', kind: 'text', width: 15 },
      at('Giờ hẹn'),
      at('Đến lúc'),
      at('Máy nhận lúc'),
      at('Mở lúc'),
      at('Vào sổ lúc'),
      at('Hoàn thành lúc'),
      at('Hạn xử lý'),
      { title: 'Mở đúng hạn', kind: 'text', width: 12 },
    ],
    rows: deliveries.map((one) => [
      one.code,
      one.senderName,
      one.recipient,
      one.recipientName,
      URGENCY_WORDS[one.urgency],
      instant(one.fixedHour),
      instant(one.availableAt),
      instant(one.fetchedAt),
      instant(one.openedAt),
      instant(one.registeredAt),
      instant(one.finishedAt),
      instant(one.dueAt),
      one.onTime ? 'đúng hạn' : one.openedAt === null ? 'chưa mở' : 'muộn',
    ]),
  };
}

function explanation({ period, figures, which, cut }: SheetFacts): Sheet {
  const { normal, urgent, 'very-urgent': veryUrgent } = OPENING_TARGETS;
  const shown =
    which === 'all' ? 'mọi văn bản nhận trong kỳ' : 'chỉ văn bản mở muộn hoặc chưa mở, vì trong kỳ có quá nhiều';
  return {
    name: 'Giải thích',
    columns: [
      { title: 'Mục', kind: 'text', width: 26 },
      { title: 'Nghĩa', kind: 'text', width: 110 },
    ],
    rows: [
      ['Kỳ', `từ ${formatVnDate(period.from)} đến hết ${formatVnDate(addDays(period.to, -1))}, ngày theo giờ Việt Nam`],
      ['Số cơ quan', String(figures.agencies.length)],
      ['Nhận điện tử', 'lượt văn bản đến được cơ quan trong kỳ; một văn bản gửi hai nơi là hai lượt'],
      [
        'Mở đúng hạn',
        `mở trong hạn theo độ khẩn: hỏa tốc theo hạn hoặc giờ hẹn của văn bản; thượng khẩn ${veryUrgent}, khẩn ${urgent}, thường ${normal} phút làm việc`,
      ],
      ['Có hạn xử lý', 'lượt có hạn đã qua hoặc đã hoàn thành; không tính lượt còn trong hạn, đã trả lại, đã thu hồi'],
      [
        'Xong đúng hạn',
        'hoàn thành không muộn hơn hạn đang có hiệu lực, kể cả hạn được gia hạn; gia hạn không đổi hạn mở',
      ],
      ['Mục tiêu', `mở đúng hạn từ ${ON_TIME_GOAL * 100} %; dưới ${ON_TIME_FLOOR * 100} % là chậm`],
      ['Trung vị, phân vị 90', 'của các lượt đã mở, đã vào sổ, đã hoàn thành; tính từ lúc đến'],
      ['Phút làm việc', 'chỉ tính giờ hành chính, trừ ngày nghỉ, lễ, Tết'],
      ['Không liên lạc được', 'máy của cơ quan không kết nối; không tính là mở muộn trong xếp hạng'],
      ['Chỉ gửi giấy', 'văn bản mà nơi nhận báo chỉ đến bằng bản giấy'],
      ['Trang “Văn bản”', `${shown}; mới nhất trước${cut ? `; chỉ ${deliveriesShown()} lượt mới nhất` : ''}`],
    ],
  };
}

const deliveriesShown = (): string => new Intl.NumberFormat('vi-VN').format(MOST_SHEET_ROWS);

function instant(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}
