import { describe, expect, it } from 'vitest';
import { AttemptLimiter } from '#exchange/rules/attempt-limiter.ts';
import { earlierWorkstation, hashEnrolmentCode, makeEnrolmentCode } from '#exchange/rules/enrolment-code.ts';
import {
  makeReceipt,
  namedReceivers,
  requireOwnSender,
  requireReceivers,
  requireSameMessage,
} from '#exchange/rules/receipt.ts';

describe('an enrolment code', () => {
  it('can be read out, and typed in any way', () => {
    const code = makeEnrolmentCode();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(makeEnrolmentCode()).not.toBe(code);
    expect(hashEnrolmentCode(` ${code.toLowerCase().replaceAll('-', ' ')}`)).toEqual(hashEnrolmentCode(code));
    expect(hashEnrolmentCode('oOiIlL')).toEqual(hashEnrolmentCode('001111'));
  });

  it('is for one key, also after its time', () => {
    const workstation = { id: 'w', keyThumbprint: 'key' };
    expect(earlierWorkstation({ expired: false, workstation: null }, 'key')).toBeNull();
    expect(earlierWorkstation({ expired: true, workstation }, 'key')).toBe('w');
    expect(() => earlierWorkstation({ expired: false, workstation }, 'other')).toThrow('ENROL_CODE_USED');
    expect(() => earlierWorkstation({ expired: true, workstation: null }, 'key')).toThrow('ENROL_CODE_EXPIRED');
  });
});

describe('a message', () => {
  it('comes from the agency of its workstation', () => {
    expect(() => requireOwnSender(' h15.01', 'H15.01')).not.toThrow();
    expect(() => requireOwnSender('H15.02', 'H15.01')).toThrow(
      expect.objectContaining({ code: 'SENDER_MISMATCH', params: { from: 'H15.02', agency: 'H15.01' } }),
    );
  });

  it('is for each agency once, and for one at least that is known', () => {
    expect(namedReceivers(['H15.02', 'h15.02 ', 'H15.03'])).toEqual(['H15.02', 'H15.03']);
    expect(() => requireReceivers(['H15.02'], ['H15.02', 'X'])).not.toThrow();
    expect(() => requireReceivers([], ['X'])).toThrow(expect.objectContaining({ code: 'RECIPIENT_UNKNOWN' }));
  });

  it('keeps its id for its own bytes and sender', () => {
    const accepted = { senderCode: 'H15.01', sha256: 'a' };
    expect(() => requireSameMessage('m', accepted, { ...accepted })).not.toThrow();
    for (const other of [
      { ...accepted, sha256: 'b' },
      { ...accepted, senderCode: 'H15.02' },
    ]) {
      expect(() => requireSameMessage('m', accepted, other)).toThrow(
        expect.objectContaining({ code: 'MESSAGE_ID_CONFLICT', params: { messageId: 'm' } }),
      );
    }
  });

  it('is answered in the words of its sender', () => {
    const organIds = ['h15.02', 'X', 'h15.02'];
    const numbers = new Map([['H15.02', 7]]);
    expect(makeReceipt({ id: 'm', sha256: 'a', organIds }, new Date(0), numbers)).toEqual({
      messageId: 'm',
      sha256: 'a',
      acceptedAt: '1970-01-01T00:00:00.000Z',
      recipients: [
        { organId: 'h15.02', outcome: 'accepted', seq: 7 },
        { organId: 'X', outcome: 'unknown' },
      ],
    });
  });
});

describe('attempts', () => {
  it('are counted for each address and forgotten after their time', () => {
    const limiter = new AttemptLimiter(2, 1000);
    limiter.note('a', 0);
    expect(limiter.waitFor('a', 0)).toBe(0);
    limiter.note('a', 400);
    expect(limiter.waitFor('a', 500)).toBe(500);
    expect(limiter.waitFor('b', 500)).toBe(0);
    expect(limiter.waitFor('a', 1000)).toBe(0);
  });
});
