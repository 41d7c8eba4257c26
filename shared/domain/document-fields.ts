import type { Direction } from './direction.ts';
import type { DueRule } from './due-rule.ts';
import { isInvitation } from './meeting.ts';
import type { ProposalField } from './proposal.ts';
import type { Urgency } from './urgency.ts';

/** Whether a paper copy belongs to an incoming document, and whether it is here. */
export const paperStates = ['none', 'expected', 'arrived'] as const;
export type PaperState = (typeof paperStates)[number];

/**
 * How a field is typed and kept. `day` is a calendar day of Việt Nam, `instant` a moment in UTC, `due-rule` a
 * deadline counted from the moment of issue, `lines` one entry per line as printed after "Kính gửi" or "Nơi nhận", `count` a
 * whole number from 1, null where nobody has said it.
 */
interface ValueOfKind {
  readonly text: string;
  readonly 'long-text': string;
  readonly 'document-type': string;
  readonly day: string | null;
  readonly instant: string | null;
  readonly 'due-rule': DueRule | null;
  readonly lines: readonly string[];
  readonly flag: boolean;
  readonly count: number | null;
  readonly urgency: Urgency;
  readonly paper: PaperState;
}
export type FieldKind = keyof ValueOfKind;

/** What one direction makes of a field; a direction that does not have it leaves it out. */
export interface FieldUse {
  readonly required?: true;
  /** Both columns of the form. */
  readonly wide?: true;
  /** Asked for only while the urgency is this one, and required then. */
  readonly onlyWhenUrgency?: Urgency;
  /** Asked for only of a document that asks people to a meeting. */
  readonly onlyInInvitation?: true;
  /** Column of the printed book (NĐ 30/2020, Phụ lục IV); fields of one column stand in it one after the other. */
  readonly book?: number;
  /** Shown in lists: as a column with its first width in pixels, 0 for the room that is left, or as a tag. */
  readonly list?: { readonly column: number; readonly soft?: true } | 'tag';
}

export interface FieldDescription {
  readonly kind: FieldKind;
  /** Longest value in characters; for `lines` of each line; for a `count` the highest one. */
  readonly max?: number;
  /** Column of the table `document`. */
  readonly column: string;
  /** From which part of a page's text it is proposed. */
  readonly proposal?: ProposalField;
  /** Found by the search: as number and notation, also by a part of it, or as words. */
  readonly search?: 'code' | 'words';
  readonly incoming?: FieldUse;
  readonly outgoing?: FieldUse;
}

/** What is said of a meeting is used alike in both directions, and asked for of invitations alone. */
function inInvitations<const Use extends FieldUse>(use: Use) {
  const both = { onlyInInvitation: true, ...use } as const;
  return { incoming: both, outgoing: both };
}

/**
 * Every field that a person fills in or checks, described once: validation, the two forms, lists, details, the columns
 * of the books, the table's columns and the search come from here. Data fields of NĐ 30/2020, Phụ lục VI, part II.
 */
export const documentFields = {
  /** Cơ quan ban hành (OrganName, 200). */
  agencyName: {
    kind: 'text',
    max: 200,
    column: 'agency_name',
    proposal: 'agency',
    search: 'words',
    incoming: { required: true, wide: true, book: 3, list: { column: 180, soft: true } },
    outgoing: { required: true, wide: true },
  },
  /** Số, ký hiệu as on the document: `241/VPUBND-HCTC`. For outgoing documents the book makes it. */
  codeText: {
    kind: 'text',
    max: 80,
    column: 'code_text',
    proposal: 'number',
    search: 'code',
    incoming: { book: 4, list: { column: 172 } },
  },
  /** Ký hiệu without the number: `VPUBND-HCTC` (CodeNotation). */
  notation: { kind: 'text', max: 60, column: 'notation', proposal: 'notation', outgoing: { required: true } },
  /** Number that the page has already: it must equal the number that the book gives. */
  printedNumber: { kind: 'text', max: 20, column: 'printed_number', proposal: 'number', outgoing: {} },
  /** Ngày văn bản (IssuedDate). */
  date: { kind: 'day', column: 'date', proposal: 'date', incoming: { book: 5 }, outgoing: { book: 2 } },
  /** Địa danh. */
  place: { kind: 'text', max: 200, column: 'place', proposal: 'place', outgoing: {} },
  /** Tên loại (TypeName, 100). */
  documentType: {
    kind: 'document-type',
    max: 200,
    column: 'document_type',
    proposal: 'documentType',
    search: 'words',
    incoming: { required: true, book: 6 },
    outgoing: { required: true, book: 3, list: { column: 110, soft: true } },
  },
  /** Trích yếu (Subject): the decree's data field holds 500; real ones run longer. */
  abstract: {
    kind: 'long-text',
    max: 2000,
    column: 'abstract',
    proposal: 'abstract',
    search: 'words',
    incoming: { required: true, wide: true, book: 6, list: { column: 0 } },
    outgoing: { required: true, wide: true, book: 3, list: { column: 0 } },
  },
  /** Quyền hạn ký: `TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH`. */
  authority: { kind: 'text', max: 200, column: 'authority', proposal: 'authority', outgoing: {} },
  /** Chức vụ người ký (Position, 100). */
  signerTitle: {
    kind: 'text',
    max: 200,
    column: 'signer_title',
    proposal: 'signerTitle',
    incoming: {},
    outgoing: {},
  },
  /** Họ tên người ký (FullName, 50). */
  signerName: {
    kind: 'text',
    max: 200,
    column: 'signer_name',
    proposal: 'signerName',
    search: 'words',
    incoming: {},
    outgoing: { required: true, book: 4 },
  },
  /** Độ khẩn (Priority). */
  urgency: {
    kind: 'urgency',
    column: 'urgency',
    proposal: 'urgency',
    incoming: { list: 'tag' },
    outgoing: { list: 'tag' },
  },
  /** The hour by which an express-with-fixed-hour document must be there. */
  expressAt: { kind: 'instant', column: 'express_at', outgoing: { onlyWhenUrgency: 'express-timed' } },
  /** How the deadline is counted from the moment of issue; null: `dueAt` is what the clerk set. */
  dueRule: { kind: 'due-rule', column: 'due_rule', outgoing: {} },
  /** Hạn giải quyết, for outgoing documents set at issue (DueDate). */
  dueAt: {
    kind: 'instant',
    column: 'due_at',
    proposal: 'dueDate',
    incoming: { list: 'tag' },
    outgoing: { list: 'tag' },
  },
  /** When the meeting of an invitation begins. */
  meetingAt: {
    kind: 'instant',
    column: 'meeting_at',
    proposal: 'meetingAt',
    ...inInvitations({ list: 'tag' }),
  },
  meetingEndsAt: {
    kind: 'instant',
    column: 'meeting_ends_at',
    proposal: 'meetingEndsAt',
    ...inInvitations({}),
  },
  /** Địa điểm. */
  meetingPlace: {
    kind: 'text',
    max: 500,
    column: 'meeting_place',
    proposal: 'meetingPlace',
    ...inInvitations({ wide: true }),
  },
  /** Chủ trì. */
  meetingChair: {
    kind: 'text',
    max: 200,
    column: 'meeting_chair',
    proposal: 'meetingChair',
    ...inInvitations({}),
  },
  /** Where an online meeting is: an address, or a number to dial in with. */
  meetingLink: {
    kind: 'text',
    max: 500,
    column: 'meeting_link',
    proposal: 'meetingLink',
    ...inInvitations({}),
  },
  /** Tài liệu mang theo. */
  meetingPapers: {
    kind: 'long-text',
    max: 1000,
    column: 'meeting_papers',
    proposal: 'meetingPapers',
    ...inInvitations({ wide: true }),
  },
  /** Lines of "Kính gửi" as printed. */
  addressees: {
    kind: 'lines',
    max: 2000,
    column: 'addressees',
    proposal: 'addressees',
    search: 'words',
    outgoing: { wide: true },
  },
  /** Lines of "Nơi nhận" as printed. */
  recipientLines: {
    kind: 'lines',
    max: 2000,
    column: 'recipient_lines',
    proposal: 'recipients',
    outgoing: { wide: true },
  },
  /** Số trang của văn bản (PageAmount): of the document itself, without appendices in files of their own; null where nobody has counted. */
  pageAmount: { kind: 'count', max: 9_999, column: 'page_amount', incoming: {}, outgoing: {} },
  /** Số lượng bản (PromulgationAmount): as many as are issued; null where nobody has counted them. */
  copies: { kind: 'count', max: 99_999, column: 'copies', outgoing: {} },
  /** Gửi kèm bản giấy. */
  paperFollows: { kind: 'flag', column: 'paper_follows', outgoing: {} },
  /** Bản giấy of an incoming document. */
  paper: { kind: 'paper', column: 'paper', incoming: { list: 'tag' } },
  /** Đơn vị hoặc người nhận (ToPlaces, 1000). */
  forwardTo: {
    kind: 'long-text',
    max: 2000,
    column: 'forward_to',
    search: 'words',
    incoming: { wide: true, book: 7 },
  },
} as const satisfies Readonly<Record<string, FieldDescription>>;

type Described = typeof documentFields;
export type FieldName = keyof Described;
/** Fields that a direction has. */
export type FieldNameOf<D extends Direction> = {
  [N in FieldName]: D extends keyof Described[N] ? N : never;
}[FieldName];
export type IncomingFieldName = FieldNameOf<'incoming'>;
export type OutgoingFieldName = FieldNameOf<'outgoing'>;

type ValueOf<N extends FieldName> = ValueOfKind[Described[N]['kind']];
export type FieldValues<D extends Direction> = { readonly [N in FieldNameOf<D>]: ValueOf<N> };
export type IncomingFields = FieldValues<'incoming'>;
export type OutgoingFields = FieldValues<'outgoing'>;

type UseOf<N extends FieldName, D extends Direction> = D extends keyof Described[N] ? Described[N][D] : never;
/** Fields that a row of a list brings. */
export type ListedFieldName<D extends Direction> = {
  [N in FieldNameOf<D>]: UseOf<N, D> extends { readonly list: unknown } ? N : never;
}[FieldNameOf<D>];

const meetingOrder = {
  meetingAt: true,
  meetingEndsAt: true,
  meetingPlace: true,
  meetingChair: true,
  meetingLink: true,
  meetingPapers: true,
} as const;

/**
 * In the order of the paper: the incoming book's columns, the letter from its head to its foot. A field that is left out
 * does not compile.
 */
const order: { readonly [D in Direction]: { readonly [N in FieldNameOf<D>]: true } } = {
  incoming: {
    agencyName: true,
    codeText: true,
    date: true,
    documentType: true,
    urgency: true,
    abstract: true,
    ...meetingOrder,
    signerName: true,
    signerTitle: true,
    pageAmount: true,
    dueAt: true,
    paper: true,
    forwardTo: true,
  },
  outgoing: {
    documentType: true,
    urgency: true,
    printedNumber: true,
    notation: true,
    date: true,
    place: true,
    agencyName: true,
    abstract: true,
    ...meetingOrder,
    expressAt: true,
    dueRule: true,
    dueAt: true,
    authority: true,
    signerTitle: true,
    signerName: true,
    addressees: true,
    recipientLines: true,
    pageAmount: true,
    copies: true,
    paperFollows: true,
  },
};
const ordered: { readonly [D in Direction]: readonly FieldNameOf<D>[] } = {
  incoming: Object.keys(order.incoming) as IncomingFieldName[],
  outgoing: Object.keys(order.outgoing) as OutgoingFieldName[],
};

export function fieldDescription(name: FieldName): FieldDescription {
  return documentFields[name];
}

/** What a direction makes of a field of its own. */
export function fieldUse(name: FieldName, direction: Direction): FieldUse {
  const use = fieldDescription(name)[direction];
  if (use === undefined) throw new Error(`${direction} documents have no field ${name}`);
  return use;
}

/** The fields of a direction, in the order of its form. */
export function fieldsOf<D extends Direction>(direction: D): readonly FieldNameOf<D>[] {
  return ordered[direction];
}

export function listedFieldsOf<D extends Direction>(direction: D): readonly ListedFieldName<D>[] {
  return ordered[direction].filter((name) => fieldUse(name, direction).list !== undefined) as ListedFieldName<D>[];
}

/** Of a document's fields, those that a row of a list brings. */
export function listedValues<D extends Direction>(
  direction: D,
  fields: FieldValues<D>,
): Pick<FieldValues<D>, ListedFieldName<D>> {
  const entries = listedFieldsOf(direction).map((name) => [name, fields[name]]);
  return Object.fromEntries(entries) as Pick<FieldValues<D>, ListedFieldName<D>>;
}

/** Fields that stand in a column of the printed book, with that column. */
export function bookFieldsOf(direction: Direction): readonly { readonly name: FieldName; readonly column: number }[] {
  return ordered[direction].flatMap((name) => {
    const column = fieldUse(name, direction).book;
    return column === undefined ? [] : [{ name, column }];
  });
}

export function searchedFieldsOf(direction: Direction, how: 'code' | 'words'): readonly FieldName[] {
  return ordered[direction].filter((name) => fieldDescription(name).search === how);
}

/** What decides which fields a form asks for. */
export interface AskedBy {
  readonly urgency: Urgency;
  readonly documentType: string;
}

/** Whether a form asks for the field now: some belong to one urgency, some to invitations. */
export function isAsked(name: FieldName, direction: Direction, { urgency, documentType }: AskedBy): boolean {
  const { onlyWhenUrgency, onlyInInvitation } = fieldUse(name, direction);
  if (onlyInInvitation === true && !isInvitation(documentType)) return false;
  return onlyWhenUrgency === undefined || onlyWhenUrgency === urgency;
}

/** Whether the field must be filled in before the form can be kept. */
export function isRequired(name: FieldName, direction: Direction, { urgency }: Pick<AskedBy, 'urgency'>): boolean {
  const use = fieldUse(name, direction);
  return use.required === true || (use.onlyWhenUrgency !== undefined && use.onlyWhenUrgency === urgency);
}
