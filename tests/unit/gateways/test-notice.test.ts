import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMailServer, type MailServer } from '#tests/support/mail-server.ts';
import { startSmsc, type Smsc } from '#tests/support/smsc.ts';

const run = promisify(execFile);
let folder: string;
let config: string;
let smsc: Smsc;
let mail: MailServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'test-notice-'));
  config = path.join(folder, 'notices.json');
  smsc = await startSmsc();
  smsc.delivers = true;
  mail = await startMailServer();
  const content = {
    callbackUrl: 'https://truc.tinh.gov.vn/v1/notices/reports',
    reportSecret: { env: 'SECRET' },
    brandname: 'UBND TINH',
    sms: [
      { type: 'smpp', name: 'smpp', host: '127.0.0.1', port: smsc.port, systemId: 'x', password: { env: 'SECRET' } },
    ],
    smtp: { host: '127.0.0.1', port: mail.port, encryption: 'none', fromAddress: 'vanthu@tinh.gov.vn' },
  };
  await writeFile(config, JSON.stringify(content));
});
afterAll(async () => {
  await smsc.stop();
  await mail.stop();
  await rm(folder, { recursive: true });
});

async function admin(...args: readonly string[]) {
  const entry = path.resolve('exchange/entries/admin.ts');
  const command = [entry, 'test-notice', '--config', config, ...args];
  const { stdout } = await run(process.execPath, command, { env: { ...process.env, SECRET: 'secret' } });
  return JSON.parse(stdout) as unknown;
}

describe('admin test-notice', () => {
  test('sends a text message and waits for its report', async () => {
    expect(await admin('--to', '+84912345678', '--wait', '20')).toMatchObject({
      outcome: { kind: 'accepted', gateway: 'smpp', providerId: 'm-1' },
      reports: [{ state: 'delivered', gateway: 'smpp', providerId: 'm-1' }],
    });
  });

  test('sends an e-mail', async () => {
    expect(await admin('--to', 'truc.ban@xa.gov.vn')).toMatchObject({ outcome: { kind: 'accepted', gateway: 'smtp' } });
    expect(mail.mails[0]?.to).toEqual(['truc.ban@xa.gov.vn']);
  });

  test('says that there is no such gateway', async () => {
    await expect(admin('--to', '+84912345678', '--channel', 'zalo')).rejects.toThrow(
      /the configuration has no gateway for zalo/,
    );
  });

  test('shows how it is used when the command line makes no sense', async () => {
    await expect(admin('--to', '+84912345678', '--listen', 'anywhere')).rejects.toMatchObject({ code: 2 });
  });
});
