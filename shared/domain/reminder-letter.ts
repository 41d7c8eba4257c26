/** The công văn by which a supervising office reminds all others: its words, and which figures they come from. */
import { z } from 'zod';
import {
  type AgencyOversight,
  ON_TIME_FLOOR,
  ON_TIME_GOAL,
  OVERSIGHT_SELECTIONS,
  type Oversight,
  SENT_SELECTIONS,
} from './oversight.ts';
import { addDays, formatInstantDay, formatVnDate } from './vn-date.ts';

/** Documents behind a figure: of one agency, or of all. */
export const figureSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('received'),
    agency: z.string().nullable(),
    name: z.string(),
    which: z.enum(OVERSIGHT_SELECTIONS),
  }),
  z.object({ kind: z.literal('sent'), agency: z.string(), name: z.string(), which: z.enum(SENT_SELECTIONS) }),
]);
export type FigureSource = z.infer<typeof figureSourceSchema>;

const line = z.string().trim().max(300);

/** What stands on the page besides the motto, in the parts of Nghị định 30/2020, Phụ lục I. Number and day are left open. */
export const letterPageSchema = z.strictObject({
  /** Cơ quan chủ quản; empty when there is none. */
  parentAgency: line,
  agency: line.min(1),
  /** Ký hiệu after the number's slash. */
  notation: z.string().trim().max(60),
  /** After "V/v". */
  subject: z.string().trim().min(1).max(500),
  place: line,
  month: z.int().min(1).max(12),
  year: z.int().min(2000).max(2200),
  addressees: z.array(line.min(1)).min(1).max(50),
  paragraphs: z.array(z.string().trim().min(1).max(4_000)).min(1).max(60),
  recipientLines: z.array(line.min(1)).max(50),
  /** Quyền hạn ký, e.g. "TL. CHỦ TỊCH"; empty for one who signs in his own right. */
  authority: line,
  signerTitle: line,
  signerName: line,
});
export type LetterPage = z.infer<typeof letterPageSchema>;

/** Lines of "Kính gửi" and "Nơi nhận" as they are printed (Nghị định 30/2020, Phụ lục I). */
export function printedList(lines: readonly string[]): string[] {
  return lines.map((text, at) => `- ${text}${at === lines.length - 1 ? '.' : ';'}`);
}

export const reminderParagraphSchema = z.object({ text: z.string(), sources: z.array(figureSourceSchema) });
export type ReminderParagraph = z.infer<typeof reminderParagraphSchema>;

export type NamedAgency = AgencyOversight & { readonly name: string };

export interface ReminderFigures {
  readonly agencies: readonly NamedAgency[];
  readonly before: Pick<Oversight['before'], 'received' | 'onTime'>;
}

export interface ReminderFacts {
  /** The office that writes. */
  readonly office: string;
  /** Days in Việt Nam; `to` is not in the period any more. */
  readonly period: { readonly from: string; readonly to: string };
  /** Of the agencies that are reminded. */
  readonly figures: ReminderFigures;
}

/** Named one by one; more are counted, so that the sentence can still be read. */
export const MOST_NAMED = 10;
export const MOST_PRAISED = 5;

export const REMINDER_SUBJECT = 'tăng cường thực hiện gửi, nhận văn bản điện tử';

/**
 * The paragraphs of the letter. Each that has a figure says which documents stand behind it; each fault is one paragraph, and a
 * fault that nobody has is not mentioned. Agencies that cannot be reached are named as such and nowhere else as late.
 */
export function reminderParagraphs({ office, period, figures }: ReminderFacts): readonly ReminderParagraph[] {
  const { agencies } = figures;
  const faults = numbered(faultsOf(agencies));
  return [
    plain(
      'Thực hiện chủ trương tăng cường sử dụng văn bản điện tử trong hoạt động của cơ quan nhà nước, ' +
        `${office} đã theo dõi việc gửi, nhận văn bản điện tử qua trục liên thông từ ngày ${formatVnDate(period.from)} ` +
        `đến ngày ${formatVnDate(addDays(period.to, -1))}. Kết quả như sau:`,
    ),
    summary(figures),
    ...praise(agencies),
    ...(faults.length === 0 ? [] : [plain('Tuy nhiên, qua theo dõi còn một số tồn tại sau:'), ...faults]),
    plain(`Để việc gửi, nhận văn bản điện tử đầy đủ, kịp thời, ${office} đề nghị các cơ quan, đơn vị:`),
    ...numbered(requests(office, faults.length > 0)),
    plain('Vậy, đề nghị các cơ quan, đơn vị quan tâm phối hợp thực hiện./.'),
  ];
}

function summary({ agencies, before }: ReminderFigures): ReminderParagraph {
  const received = sum(agencies, 'received');
  const sent = sum(agencies, 'sent');
  if (received === 0 && sent === 0) {
    return plain('Trong thời gian này, chưa có văn bản điện tử nào được gửi, nhận.');
  }
  const onTime = sum(agencies, 'onTime');
  const withoutPaper = sum(agencies, 'withoutPaper');
  const was = before.received === 0 ? '' : ` (kỳ trước ${percent(before.onTime, before.received)})`;
  const toAll: FigureSource[] = [
    { kind: 'received', agency: null, name: '', which: 'all' },
    { kind: 'received', agency: null, name: '', which: 'late' },
  ];
  const got =
    received === 0
      ? 'chưa nhận văn bản điện tử nào'
      : `nhận ${whole(received)} văn bản điện tử, mở đúng hạn ${percent(onTime, received)}${was}`;
  const gave =
    sent === 0
      ? 'chưa gửi văn bản điện tử nào'
      : `gửi ${whole(sent)} văn bản điện tử${withoutPaper === 0 ? '' : `, trong đó ${whole(withoutPaper)} văn bản không kèm bản giấy`}`;
  const senders = agencies.filter((agency) => agency.sent > 0).map((agency) => sentBy(agency, 'sent'));
  return {
    text: `Các cơ quan, đơn vị ${got}; ${gave}.`,
    sources: [...(received === 0 ? [] : toAll), ...(sent === 0 ? [] : senders)],
  };
}

/** Those who open at least as much on time as is wanted, and no express document late. */
function praise(agencies: readonly NamedAgency[]): readonly ReminderParagraph[] {
  const judged = agencies.filter(isJudged);
  const good = judged
    .filter((agency) => shareOf(agency) >= ON_TIME_GOAL && agency.expressOpenedLate === 0)
    .toSorted((one, other) => shareOf(other) - shareOf(one) || other.received - one.received || byName(one, other));
  if (good.length === 0) return [];
  const named = good.slice(0, MOST_PRAISED);
  const names = named.map(({ name, onTime, received }) => `${name} (${percent(onTime, received)})`).join(', ');
  const rest = good.length - named.length;
  const start =
    good.length === judged.length && judged.length > 1
      ? `Cả ${whole(good.length)} cơ quan, đơn vị có văn bản đến đều mở kịp thời`
      : good.length === 1
        ? 'Đã chủ động mở văn bản kịp thời'
        : `${whole(good.length)} cơ quan, đơn vị đã chủ động mở văn bản kịp thời`;
  return [
    {
      text: `${start}${rest === 0 ? ': ' : ', điển hình như: '}${names}.`,
      sources: named.map((agency) => receivedBy(agency, 'all')),
    },
  ];
}

interface Fault {
  readonly title: string;
  readonly found: readonly NamedAgency[];
  /** What is said of one in brackets. */
  readonly detail: (agency: NamedAgency) => string;
  readonly source: (agency: NamedAgency) => FigureSource;
}

function faultsOf(agencies: readonly NamedAgency[]): readonly ReminderParagraph[] {
  const reached = agencies.filter(({ isUnreachable }) => !isUnreachable);
  const worst = (name: 'expressOpenedLate' | 'withoutPaper' | 'paperOnly', from: readonly NamedAgency[]) =>
    from.filter((agency) => agency[name] > 0).toSorted((one, other) => other[name] - one[name] || byName(one, other));
  const faults: readonly Fault[] = [
    {
      title: 'Mở muộn hoặc chưa mở văn bản hỏa tốc',
      found: worst('expressOpenedLate', reached),
      detail: ({ expressOpenedLate, expressReceived }) =>
        `${whole(expressOpenedLate)}/${whole(expressReceived)} văn bản`,
      source: (agency) => receivedBy(agency, 'express-late'),
    },
    {
      title: `Tỷ lệ mở văn bản đúng hạn dưới ${whole(ON_TIME_FLOOR * 100)} %`,
      found: reached
        .filter((agency) => agency.received > 0 && shareOf(agency) < ON_TIME_FLOOR)
        .toSorted((one, other) => shareOf(one) - shareOf(other) || byName(one, other)),
      detail: ({ onTime, received }) => percent(onTime, received),
      source: (agency) => receivedBy(agency, 'late'),
    },
    {
      title: 'Chưa gửi văn bản điện tử nào',
      found: reached
        .filter(({ sent }) => sent === 0)
        .toSorted((one, other) => other.paperOnly - one.paperOnly || byName(one, other)),
      detail: ({ paperOnly }) => (paperOnly === 0 ? '' : `${whole(paperOnly)} văn bản chỉ gửi bản giấy`),
      source: (agency) => sentBy(agency, agency.paperOnly === 0 ? 'sent' : 'paper-only'),
    },
    {
      title: 'Gửi văn bản điện tử mà không gửi bản giấy',
      found: worst('withoutPaper', agencies),
      detail: ({ withoutPaper, sent }) => `${whole(withoutPaper)}/${whole(sent)} văn bản`,
      source: (agency) => sentBy(agency, 'without-paper'),
    },
    {
      title: 'Có văn bản chỉ gửi bản giấy, không gửi bản điện tử',
      found: worst(
        'paperOnly',
        agencies.filter(({ sent, isUnreachable }) => sent > 0 || isUnreachable),
      ),
      detail: ({ paperOnly }) => `${whole(paperOnly)} văn bản`,
      source: (agency) => sentBy(agency, 'paper-only'),
    },
    {
      title: 'Máy nhận văn bản không kết nối với trục liên thông (không tính là mở muộn)',
      found: agencies
        .filter(({ isUnreachable }) => isUnreachable)
        .toSorted((one, other) => other.unreachable - one.unreachable || byName(one, other)),
      detail: ({ unreachable, lastContactAt }) =>
        `${lastContactAt === null ? '' : `từ ${formatInstantDay(lastContactAt)}, `}${whole(unreachable)} văn bản chưa nhận`,
      source: (agency) => receivedBy(agency, 'unreached'),
    },
  ];
  return faults.filter(({ found }) => found.length > 0).map(describe);
}

function describe({ title, found, detail, source }: Fault): ReminderParagraph {
  const named = found.slice(0, MOST_NAMED);
  const names = named.map((agency) => {
    const said = detail(agency);
    return said === '' ? agency.name : `${agency.name} (${said})`;
  });
  const rest = found.length - named.length;
  const count = found.length > 1 ? ` (${whole(found.length)} cơ quan, đơn vị)` : '';
  const more = rest === 0 ? '' : ` và ${whole(rest)} cơ quan, đơn vị khác`;
  return { text: `${title}${count}: ${names.join('; ')}${more}.`, sources: found.map(source) };
}

function requests(office: string, hasFaults: boolean): readonly ReminderParagraph[] {
  const always = [
    'Mở và xử lý ngay văn bản đến trong giờ làm việc, nhất là văn bản hỏa tốc, hỏa tốc hẹn giờ; bố trí đủ người trong lịch trực để thông báo của hệ thống luôn có người nhận.',
    'Gửi đầy đủ văn bản qua trục liên thông văn bản điện tử; gửi kèm bản giấy đối với văn bản phải có bản giấy theo quy định.',
    'Bảo đảm máy nhận văn bản hoạt động và kết nối thông suốt; thay đổi thói quen làm việc, hướng tới môi trường làm việc điện tử, hiện đại, hiệu quả.',
    `Kịp thời phản ánh vướng mắc về ${office} để phối hợp giải quyết.`,
  ];
  const mended = 'Các cơ quan, đơn vị nêu trên kiểm tra nguyên nhân và khắc phục ngay các tồn tại.';
  return (hasFaults ? [mended, ...always] : always).map(plain);
}

function numbered(paragraphs: readonly ReminderParagraph[]): readonly ReminderParagraph[] {
  return paragraphs.map(({ text, sources }, place) => ({ text: `${place + 1}. ${text}`, sources }));
}

const plain = (text: string): ReminderParagraph => ({ text, sources: [] });

function receivedBy({ code, name }: NamedAgency, which: (typeof OVERSIGHT_SELECTIONS)[number]): FigureSource {
  return { kind: 'received', agency: code, name, which };
}

function sentBy({ code, name }: NamedAgency, which: (typeof SENT_SELECTIONS)[number]): FigureSource {
  return { kind: 'sent', agency: code, name, which };
}

function isJudged({ isUnreachable, received }: NamedAgency): boolean {
  return !isUnreachable && received > 0;
}

function shareOf({ onTime, received }: NamedAgency): number {
  return onTime / received;
}

function byName(one: NamedAgency, other: NamedAgency): number {
  return one.name.localeCompare(other.name, 'vi');
}

function sum(agencies: readonly NamedAgency[], name: 'received' | 'onTime' | 'sent' | 'withoutPaper'): number {
  return agencies.reduce((total, agency) => total + agency[name], 0);
}

/** `1.234`. */
function whole(value: number): string {
  return new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 }).format(value);
}

/** `61,4 %`; never rounded up to 100 while something is missing. */
function percent(part: number, all: number): string {
  const share = (part / all) * 100;
  const shown = part < all ? Math.min(share, 99.9) : share;
  return `${new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }).format(shown)} %`;
}

/** Lines of "Kính gửi" for agencies: their collective names where all who bear one are reminded, then the others. */
export function addresseeLines(
  reminded: readonly { readonly code: string; readonly name: string }[],
  groups: readonly { readonly name: string; readonly codes: readonly string[] }[],
): readonly string[] {
  const open = new Set(reminded.map(({ code }) => code));
  const all = new Set(open);
  const meant = groups
    .filter(({ codes }) => codes.length > 1 && codes.every((code) => all.has(code)))
    .toSorted((one, other) => other.codes.length - one.codes.length || one.name.localeCompare(other.name, 'vi'));
  const lines: string[] = [];
  for (const { name, codes } of meant) {
    if (!codes.some((code) => open.has(code))) continue;
    lines.push(name);
    for (const code of codes) open.delete(code);
  }
  const rest = reminded.filter(({ code }) => open.has(code));
  if (rest.length <= MOST_ADDRESSED) return [...lines, ...rest.map(({ name }) => name)];
  return [...lines, lines.length === 0 ? 'Các cơ quan, đơn vị' : 'Các cơ quan, đơn vị khác'];
}

/** More agencies are addressed together: the page has other things to say. */
const MOST_ADDRESSED = 12;
