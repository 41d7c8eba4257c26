import { describe, expect, it } from 'vitest';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { describeAction, isWarning, nameActor } from '#renderer/features/document/describe-action.ts';
import { formatStamp } from '#renderer/features/document/format-stamp.ts';
import { worstFirst } from '#renderer/features/signatures/severity.ts';
import { describeFinding, nameFinding } from '#shared/messages/describe-finding.ts';
import { EXCHANGE_ACTOR, type Actor, type HistoryAction } from '#shared/domain/history.ts';
import type { Finding, VerificationReport } from '#shared/domain/verification.ts';

const { t } = createI18n('vi');
const office: Actor = { kind: 'person', id: '00000000-0000-4000-8000-000000000001', name: '' };
const entry = (action: string, params: Record<string, string | number> = {}, actor: Actor = office) => ({
  at: '2026-05-22T02:00:00.000Z',
  actor,
  // Also what a newer version may have written.
  action: action as HistoryAction,
  params,
});

describe('the history in words', () => {
  it('puts parameters into sentences', () => {
    expect(describeAction(t, 'outgoing', entry('numbered', { codeText: '241/VPUBND-HCTC' }))).toBe(
      'Cấp số 241/VPUBND-HCTC',
    );
    expect(describeAction(t, 'incoming', entry('registered', { arrivalNumber: 1285, year: 2026 }))).toBe(
      'Vào sổ, số đến 1285',
    );
  });

  it('says a recipient’s status with its reason', () => {
    expect(describeAction(t, 'outgoing', entry('status-reported', { status: '01', reason: '' }))).toBe('Đã đến');
    expect(describeAction(t, 'outgoing', entry('status-reported', { status: '02', reason: 'thiếu phụ lục' }))).toBe(
      'Từ chối tiếp nhận: thiếu phụ lục',
    );
    expect(describeAction(t, 'outgoing', entry('status-reported', { status: '99', reason: '' }))).toContain('99');
  });

  it('explains an error code, and shows an action that it does not know', () => {
    expect(describeAction(t, 'outgoing', entry('refused-by-exchange', { code: 'EXCHANGE_REFUSED' }))).toMatch(
      /^Máy chủ không nhận: Máy chủ/,
    );
    expect(describeAction(t, 'outgoing', entry('teleported'))).toContain('teleported');
    // An action of the other direction is none of this one.
    expect(describeAction(t, 'incoming', entry('sealed', { subject: '' }))).toContain('sealed');
  });

  it('marks what was refused, cancelled or sent back', () => {
    const marked = (action: string, params = {}) => isWarning(entry(action, params));
    expect(marked('cancelled', { reason: 'sai số' })).toBe(true);
    expect(marked('status-reported', { status: '02', reason: '' })).toBe(true);
    expect(marked('status-reported', { status: '03', reason: '' })).toBe(false);
    expect(marked('signed', { subject: 'A' })).toBe(false);
  });

  it('says who did it: a person by name, the office without one, an agency, the exchange', () => {
    const who = (actor: Actor) => nameActor(t, entry('edited', {}, actor));
    expect(who(office)).toBe('Văn thư cơ quan');
    expect(who({ ...office, name: 'Nguyễn Thị Hạnh' })).toBe('Nguyễn Thị Hạnh');
    expect(who({ kind: 'agency', id: 'H15.09', name: 'Sở Tư pháp' })).toBe('Sở Tư pháp');
    expect(who(EXCHANGE_ACTOR)).toBe('Trục liên thông');
  });
});

describe('findings', () => {
  const finding = (code: Finding['code'], severity: Finding['severity'], params = {}): Finding => ({
    code,
    severity,
    params,
    scope: 'integrity',
  });

  it('have their parameters and days filled in', () => {
    const words = describeFinding(
      'vi',
      finding('CERT_REVOKED', 'invalid', { name: 'A', date: '2026-05-22T18:00:00Z' }),
    );
    expect(words).toContain('A');
    // 18:00 UTC is the next day in Vietnam.
    expect(words).toContain('23/05/2026');
    expect(words).not.toMatch(/[{}]/);
  });

  it('can be named without the advice, also when a name holds a full stop', () => {
    const words = nameFinding(
      'vi',
      finding('CERT_REVOKED', 'invalid', { name: 'TM. UBND', date: '2026-05-22T18:00:00Z' }),
    );
    expect(words).toBe('Chứng thư của TM. UBND bị thu hồi từ 23/05/2026.');
    expect(nameFinding('vi', finding('DIGEST_MISMATCH', 'invalid'))).toBe('Nội dung đã bị thay đổi sau khi ký.');
  });

  it('come gravest first, without those that change nothing', () => {
    const report: VerificationReport = {
      verdict: 'INVALID',
      integrity: 'INVALID',
      signatures: [],
      findings: [
        finding('PROFILE_DEVIATION', 'info'),
        finding('FORM_CHANGED', 'warn'),
        finding('DIGEST_MISMATCH', 'invalid'),
      ],
    };
    expect(worstFirst(report).map(({ code }) => code)).toEqual(['DIGEST_MISMATCH', 'FORM_CHANGED']);
  });
});

describe('times', () => {
  const now = Date.parse('2026-05-22T03:00:00Z');
  it.each([
    ['2026-05-22T02:02:00Z', '09:02'],
    ['2026-05-21T02:02:00Z', '21/05 09:02'],
    ['2025-12-31T18:30:00Z', '01/01 01:30'],
    ['2025-12-31T10:00:00Z', '31/12/2025 17:00'],
  ])('%s is %s', (instant, words) => expect(formatStamp(instant, now)).toBe(words));
});
