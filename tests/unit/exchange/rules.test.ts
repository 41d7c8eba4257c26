import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AttemptLimiter } from '#exchange/rules/attempt-limiter.ts';
import { earlierWorkstation, hashEnrolmentCode, makeEnrolmentCode } from '#exchange/rules/enrolment-code.ts';
import { type ExchangeIdentity, makeExchangeKey, openExchangeKey } from '#exchange/rules/exchange-key.ts';
import { SeenTokens } from '#exchange/rules/seen-tokens.ts';
import {
  makeReceipt,
  namedReceivers,
  readReceiptProof,
  requireOwnSender,
  requireReceivers,
  requireSameMessage,
} from '#exchange/rules/receipt.ts';
import { isProven } from '#network/receipt-proof.ts';
import { RECEIPT_PROOF_TYPE } from '#shared/wire/messages.ts';

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

  it('is answered in the words of its sender, signed', async () => {
    const identity = await someIdentity();
    const id = randomUUID();
    const epoch = randomUUID();
    const message = { id, senderCode: 'H15.01', epoch, sha256: 'a'.repeat(64), organIds: ['h15.02', 'X', 'h15.02'] };
    const told = {
      messageId: id,
      sha256: message.sha256,
      acceptedAt: '1970-01-01T00:00:00.000Z',
      recipients: [
        { organId: 'h15.02', outcome: 'accepted', seq: 7 },
        { organId: 'X', outcome: 'unknown' },
      ],
    };
    const { proof, ...receipt } = await makeReceipt(identity, message, new Date(0), new Map([['H15.02', 7]]));
    expect(receipt).toEqual(told);
    expect(await readReceiptProof(proof, identity.key.publicJwk)).toEqual({
      ...told,
      exchangeId: identity.exchangeId,
      epoch,
      sender: 'H15.01',
    });
  });
});

describe('the proof of a receipt', () => {
  const statement = {
    messageId: randomUUID(),
    sha256: 'a'.repeat(64),
    acceptedAt: '1970-01-01T00:00:00.000Z',
    recipients: [],
    exchangeId: randomUUID(),
    epoch: randomUUID(),
    sender: 'H15.01',
  };

  it('counts under its own key, type and form only', async () => {
    const { key } = await someIdentity();
    const other = await someIdentity();
    const proof = await key.sign(RECEIPT_PROOF_TYPE, statement);
    expect(await readReceiptProof(proof, key.publicJwk)).toEqual(statement);
    expect(await readReceiptProof(proof, other.key.publicJwk)).toBeNull();
    expect(await readReceiptProof(await key.sign('JWT', statement), key.publicJwk)).toBeNull();
    expect(await readReceiptProof(await key.sign(RECEIPT_PROOF_TYPE, {}), key.publicJwk)).toBeNull();
    const [header, , signature] = proof.split('.');
    const changed = Buffer.from(JSON.stringify({ ...statement, sender: 'H15.02' })).toString('base64url');
    expect(await readReceiptProof(`${header}.${changed}.${signature}`, key.publicJwk)).toBeNull();
    expect(await readReceiptProof('', key.publicJwk)).toBeNull();
  });

  it('is believed by a workstation when it says what the receipt says, by its own exchange', async () => {
    const { key } = await someIdentity();
    const { exchangeId, epoch: _, sender: __, ...told } = statement;
    const connection = { exchangeId, exchangeKey: key.publicJwk };
    const receipt = { ...told, proof: await key.sign(RECEIPT_PROOF_TYPE, statement) };
    expect(await isProven(receipt, connection)).toBe(true);
    expect(await isProven({ ...receipt, acceptedAt: '1970-01-01T00:00:01.000Z' }, connection)).toBe(false);
    expect(await isProven(receipt, { ...connection, exchangeId: randomUUID() })).toBe(false);
    expect(await isProven(receipt, { ...connection, exchangeKey: (await someIdentity()).key.publicJwk })).toBe(false);
  });
});

async function someIdentity(): Promise<ExchangeIdentity> {
  return { exchangeId: randomUUID(), key: await openExchangeKey(await makeExchangeKey()) };
}

describe('a token', () => {
  it('is known again for its whole life, whatever comes meanwhile, and forgotten in the end', () => {
    const life = 1000;
    fc.assert(
      fc.property(fc.array(fc.nat(3 * life), { maxLength: 60 }), fc.nat(life), (pauses, age) => {
        const seen = new SeenTokens(life, 1_000);
        let now = 0;
        for (const [index, pause] of pauses.entries()) {
          now += pause;
          expect(seen.note('w', `${index}`, now)).toBe('new');
          expect(seen.note('w', `${index}`, now + age)).toBe('seen');
          expect(seen.note('x', `${index}`, now + age)).toBe('new');
          now += age;
        }
        expect(seen.note('w', '0', now + 2 * life)).toBe('new');
      }),
    );
  });

  it('waits when its workstation has used up what it may have alive, and hinders nobody else', () => {
    const seen = new SeenTokens(1000, 2);
    expect(['a', 'b', 'c', 'a'].map((id) => seen.note('w', id, 0))).toEqual(['new', 'new', 'full', 'seen']);
    expect(seen.note('x', 'c', 0)).toBe('new');
    expect(seen.note('w', 'c', 1000)).toBe('new');
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
