import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEmailGateway, type EmailOptions } from '#exchange/gateways/email.ts';
import { Secret } from '#exchange/gateways/secret.ts';
import { freePorts } from '#tests/support/free-port.ts';
import { type MailServer, startMailServer } from '#tests/support/mail-server.ts';
import { never, notice } from './gateway-fixtures.ts';

let server: MailServer;
beforeEach(async () => void (server = await startMailServer()));
afterEach(() => server.stop());

function open(changes: Partial<EmailOptions> = {}) {
  return createEmailGateway({
    name: 'smtp',
    host: '127.0.0.1',
    port: server.port,
    encryption: 'none',
    login: null,
    fromAddress: 'vanthu@tinh.gov.vn',
    fromName: 'Trục liên thông tỉnh',
    timeoutMs: 5_000,
    ...changes,
  });
}
const mail = {
  to: 'truc.ban@xa.gov.vn',
  subject: 'Hỏa tốc: 241/VPUBND-HCTC chưa mở, hẹn giờ 14:00 ngày 28/11/2026, Văn phòng Ủy ban nhân dân',
  text: 'Văn bản hỏa tốc chưa được mở.',
  html: '<p>Văn bản <b>hỏa tốc</b> chưa được mở.</p>',
};

interface ReadMail {
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, string>>;
}

/** What Python's mail reader finds in it: nodemailer wrote it. */
function readMail(source: string): ReadMail {
  const script = `
import email, email.policy, json, sys
from email.header import decode_header, make_header
source = sys.stdin.buffer.read()
headers = {name: str(make_header(decode_header(value))) for name, value in email.message_from_bytes(source).items()}
mail = email.message_from_bytes(source, policy=email.policy.default)
parts = {part.get_content_type(): part.get_content().strip() for part in mail.walk() if not part.is_multipart()}
print(json.dumps({'headers': headers, 'parts': parts}))`;
  return JSON.parse(execFileSync('python3', ['-c', script], { input: source, encoding: 'utf8' })) as ReadMail;
}

describe('an e-mail', () => {
  test('keeps its accents, has both parts, our id, and asks for no automatic answer', async () => {
    const one = notice(mail);
    expect(await open().send(one, never)).toMatchObject({ kind: 'accepted', final: true });
    expect(server.mails).toHaveLength(1);
    const [{ from, to, source } = { from: '', to: [], source: '' }] = server.mails;
    expect({ from, to }).toEqual({ from: 'vanthu@tinh.gov.vn', to: ['truc.ban@xa.gov.vn'] });
    const { headers, parts } = readMail(source);
    expect(headers).toMatchObject({
      Subject: mail.subject,
      From: expect.stringMatching(/^Trục liên thông tỉnh ?<vanthu@tinh\.gov\.vn>$/),
      'Message-ID': `<${one.id}@tinh.gov.vn>`,
      'Auto-Submitted': 'auto-generated',
    });
    expect(parts).toEqual({ 'text/plain': mail.text, 'text/html': mail.html });
  });

  test.each([
    [
      { at: 'rcpt', reply: 450 },
      { kind: 'retry', reason: 'provider-busy' },
    ],
    [
      { at: 'rcpt', reply: 550 },
      { kind: 'rejected', reason: 'invalid-address' },
    ],
    [
      { at: 'data', reply: 452 },
      { kind: 'retry', reason: 'provider-busy' },
    ],
    [
      { at: 'data', reply: 554 },
      { kind: 'rejected', reason: 'blocked' },
    ],
    [{ at: 'data', cut: true }, { kind: 'unsure' }],
  ] as const)('with %j is %j', async (fault, expected) => {
    server.fault = fault;
    expect(await open().send(notice(mail), never)).toMatchObject(expected);
  });

  test('is logged in for, and a wrong password does not come into the log', async () => {
    const withLogin = await startMailServer('right');
    try {
      const login = (password: string) => ({ user: 'vanthu', password: new Secret(password) });
      const gateway = open({ port: withLogin.port, login: login('right') });
      expect(await gateway.send(notice(mail), never)).toMatchObject({ kind: 'accepted' });
      const outcome = await open({ port: withLogin.port, login: login('wrong-one') }).send(notice(mail), never);
      expect(outcome).toMatchObject({ kind: 'rejected', reason: 'credentials' });
      expect(JSON.stringify(outcome)).not.toContain('wrong-one');
    } finally {
      await withLogin.stop();
    }
  });

  test('does not go out unencrypted where encryption is wanted', async () => {
    const outcome = await open({ encryption: 'starttls' }).send(notice(mail), never);
    expect(outcome.kind).not.toBe('accepted');
    expect(server.mails).toEqual([]);
  });

  test('to a server that is down was not sent', async () => {
    const [port = 0] = await freePorts(1);
    expect(await open({ port }).send(notice(mail), never)).toMatchObject({ kind: 'retry', reason: 'unreachable' });
  });

  test('aborted before was not sent', async () => {
    const outcome = await open().send(notice(mail), AbortSignal.abort());
    expect(outcome).toMatchObject({ kind: 'retry', reason: 'aborted' });
  });

  test.each(['', 'khong-phai', 'a@b, c@d', 'a@b\r\nBcc: c@d', '<a@b>', 'a b@c'])('to %j is not tried', async (to) => {
    const outcome = await open().send(notice({ ...mail, to }), never);
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'invalid-address' });
    expect(server.mails).toEqual([]);
  });

  test('with a line break in its subject gets no further header', async () => {
    await open().send(notice({ ...mail, subject: 'Hỏa tốc\r\nBcc: ai.do@x.vn' }), never);
    expect(server.mails[0]?.source).not.toMatch(/^Bcc:/m);
  });
});
