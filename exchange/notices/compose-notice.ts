import { isDeadlineStep, OPENING_STEP } from '#shared/domain/delivery-events.ts';
import type { NoticeChannel } from '#shared/domain/escalation-policy.ts';
import { type NoticedDocument as SaidDocument, noticeLine, noticeText } from '#shared/domain/notice-text.ts';
import { smsParts } from '#shared/domain/sms-length.ts';
import type { NoticedDocument } from '../storage/notice-store.ts';

export interface ComposedNotice {
  readonly text: string;
  /** Parts of a text message; 0 for other ways. */
  readonly parts: number;
  /** E-mail only. */
  readonly mail: { readonly subject: string; readonly html: string } | null;
}

/** What a person is told of documents: number, sender, urgency and hour; never what they say. @param documents at least one */
export function composeNotice(
  documents: readonly NoticedDocument[],
  channel: NoticeChannel,
  now: Date,
): ComposedNotice {
  const said = documents.map((document) => described(document, now));
  if (channel !== 'email') {
    const text = noticeText(said, 'plain');
    return { text, parts: channel === 'sms' ? smsParts(text).parts.length : 0, mail: null };
  }
  const subject = noticeText(said, 'accents');
  const lines = said.map(noticeLine);
  const [first] = documents;
  const opening = `Kính gửi cán bộ trực ${first?.recipientName ?? ''},`;
  const closing =
    'Đề nghị mở phần mềm Văn Thư để tiếp nhận. Thư này do trục liên thông gửi tự động, không cần trả lời.';
  const text = [opening, '', ...lines.map((line) => `- ${line}`), '', closing].join('\n');
  const html = `<p>${escapeHtml(opening)}</p><ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul><p>${escapeHtml(closing)}</p>`;
  return { text, parts: 0, mail: { subject, html } };
}

function described({ stepKey, code, senderName, urgency, expressAt, dueAt }: NoticedDocument, now: Date): SaidDocument {
  const ofDeadline = isDeadlineStep(stepKey);
  const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
  if (ofDeadline) {
    const reason = dueAt !== null && dueAt <= now ? 'overdue' : 'due';
    return { reason, code, senderName, urgency, at: iso(dueAt) };
  }
  return { reason: stepKey === FIRST_STEP ? 'arrived' : 'unopened', code, senderName, urgency, at: iso(expressAt) };
}

const FIRST_STEP = `${OPENING_STEP}0`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
