import { gsm7Length, letters, SMS_UNITS } from './sms-length.ts';
import { urgencyRank, type Urgency } from './urgency.ts';
import { cleanLine, withoutAccents } from './vietnamese-text.ts';
import { formatInstantDay, vietnamTimestamp } from './vn-date.ts';

/** What a notice says of a document: never its content. */
export const noticeReasons = ['arrived', 'unopened', 'due', 'overdue'] as const;
export type NoticeReason = (typeof noticeReasons)[number];

export interface NoticedDocument {
  readonly reason: NoticeReason;
  /** Số và ký hiệu: `15/CĐ-UBND`. */
  readonly code: string;
  readonly senderName: string;
  readonly urgency: Urgency;
  /** The hour of "hỏa tốc hẹn giờ"; of a reminder: the deadline. UTC. */
  readonly at: string | null;
}

/** `plain`: without accents, in GSM-7. `accents`: with accents when that fits one part, else plain. */
export type NoticeStyle = 'plain' | 'accents';

const urgencyWords: Readonly<Record<Urgency, string>> = {
  normal: 'văn bản',
  urgent: 'văn bản khẩn',
  'very-urgent': 'văn bản thượng khẩn',
  express: 'văn bản hỏa tốc',
  'express-timed': 'văn bản hỏa tốc',
};

const headings: Readonly<Record<Urgency, string>> = {
  normal: 'Văn bản',
  urgent: 'KHẨN',
  'very-urgent': 'THƯỢNG KHẨN',
  express: 'HỎA TỐC',
  'express-timed': 'HỎA TỐC HẸN GIỜ',
};

const reasonWords: Readonly<Record<NoticeReason, string>> = {
  arrived: 'mới đến, cần mở',
  unopened: 'chưa mở',
  due: 'đến hạn',
  overdue: 'quá hạn',
};

/** As offices write them themselves; the first that are tried when a text is too long. */
const shortNames: readonly (readonly [RegExp, string])[] = [
  [/(?:ủy|uỷ) ban nhân dân/giu, 'UBND'],
  [/hội đồng nhân dân/giu, 'HĐND'],
  [/mặt trận tổ quốc/giu, 'MTTQ'],
  [/văn phòng/giu, 'VP'],
];

/**
 * The text of one notice for one officer: of one document, or of several ("3 văn bản hỏa tốc chưa mở"). It fits one SMS:
 * for that the sender's name is shortened, the number and the hour never.
 * @param documents at least one
 */
export function noticeText(documents: readonly NoticedDocument[], style: NoticeStyle): string {
  const [first, ...others] = documents;
  if (first === undefined) throw new RangeError('A notice of no document');
  const write = others.length === 0 ? (name: string) => oneText(first, name) : () => manyText(documents);
  const names = shorterNames(cleanLine(first.senderName));
  if (style === 'accents') {
    const accented = names.map(write).find((text) => isShort(text));
    // A name cut to pieces is worth less than a whole one without accents.
    if (accented !== undefined && names.slice(0, 2).map(write).includes(accented)) return accented;
  }
  const plain = names.map((name) => gsm7Text(write(name)));
  return plain.find((text) => isShort(text)) ?? plain.at(-1) ?? '';
}

/** A document as a line among others where there is room, in an e-mail: its hour with the whole day. */
export function noticeLine({ reason, code, senderName, at }: NoticedDocument): string {
  const hour = at === null ? '' : `, ${clockOf(at)} ngày ${formatInstantDay(at)}`;
  return `${code} của ${senderName}: ${reasonWords[reason]}${hour}`;
}

function oneText({ reason, code, urgency, at }: NoticedDocument, name: string): string {
  const sender = name === '' ? '' : ` của ${name}`;
  const timed = urgency === 'express-timed' && (reason === 'arrived' || reason === 'unopened') && at !== null;
  const hour = timed ? ` ${hourOf(at)}` : '';
  const deadline = (reason === 'due' || reason === 'overdue') && at !== null ? ` ${hourOf(at)}` : '';
  return `${headings[urgency]}${hour}: ${cleanLine(code)}${sender} ${reasonWords[reason]}${deadline}`;
}

function manyText(documents: readonly NoticedDocument[]): string {
  const ranks = documents.map(({ urgency }) => urgencyRank(urgency));
  // All are at least as urgent as the least of them.
  const least = documents.find(({ urgency }) => urgencyRank(urgency) === Math.min(...ranks)) ?? documents[0];
  const express = documents.filter(({ urgency }) => urgencyRank(urgency) >= urgencyRank('express')).length;
  const reasons = new Set(documents.map(({ reason }) => (reason === 'arrived' ? 'unopened' : reason)));
  const [reason] = reasons;
  const word = reasons.size === 1 && reason !== undefined ? reasonWords[reason] : 'cần xem';
  const hours = documents.flatMap(({ at }) => (at === null ? [] : [at])).toSorted();
  const [earliest] = hours;
  const soonest = earliest === undefined ? '' : `, sớm nhất ${hourOf(earliest)}`;
  const mixed = express > 0 && express < documents.length ? `, ${express} hỏa tốc` : '';
  return `${documents.length} ${urgencyWords[least?.urgency ?? 'normal']} ${word}${mixed}${soonest}`;
}

/** `14:00 27/11` in Việt Nam. */
function hourOf(at: string): string {
  return `${clockOf(at)} ${formatInstantDay(at).slice(0, 5)}`;
}

const clockOf = (at: string): string => vietnamTimestamp(Date.parse(at)).slice(11, 16);

/** The name as it is, abbreviated, then cut shorter and shorter at its words and at last its letters; at the end none. */
function shorterNames(name: string): readonly string[] {
  const short = shortNames.reduce((text, [long, abbreviation]) => text.replaceAll(long, abbreviation), name);
  const words = short.split(' ');
  const cut = words.slice(1).map((_, dropped) => `${words.slice(0, words.length - 1 - dropped).join(' ')}...`);
  const [first = ''] = words;
  const pieces = letters(first);
  const cutLetters = pieces.slice(1).map((_, dropped) => `${pieces.slice(0, pieces.length - 1 - dropped).join('')}...`);
  return [name, short, ...cut, ...cutLetters, ''];
}

function isShort(text: string): boolean {
  const septets = gsm7Length(text);
  return septets === null ? text.length <= SMS_UNITS.ucs2.one : septets <= SMS_UNITS.gsm7.one;
}

/** Without accents, with the dashes and quotation marks that GSM-7 has, and "?" for what it does not have. */
function gsm7Text(text: string): string {
  const plain = withoutAccents(text)
    .replaceAll(/[‐-―]/gu, '-')
    .replaceAll(/[‘’‛′]/gu, "'")
    .replaceAll(/[“”„″«»]/gu, '"')
    .replaceAll('…', '...');
  return Array.from(plain, (character) => (gsm7Length(character) === null ? '?' : character)).join('');
}
