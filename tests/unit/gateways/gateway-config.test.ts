import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGatewayConfig } from '#exchange/gateways/gateway-config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'notices-'));
  await writeFile(path.join(folder, 'kannel-password'), 'of kannel\n');
  await writeFile(path.join(folder, 'empty'), '\n');
});
afterAll(() => rm(folder, { recursive: true }));

const env = { REPORT_SECRET: 'of-reports', SMPP_PASSWORD: 'of-smpp' };
const whole = {
  callbackUrl: 'https://truc.tinh.gov.vn/v1/notices/reports',
  reportSecret: { env: 'REPORT_SECRET' },
  brandname: 'UBND TINH',
  sms: [
    {
      type: 'kannel',
      name: 'kannel',
      url: 'http://127.0.0.1:13013/cgi-bin/sendsms',
      username: 'exchange',
      password: { file: 'kannel-password' },
    },
    { type: 'smpp', name: 'smpp', host: 'smsc.nhamang.vn', systemId: 'ubnd', password: { env: 'SMPP_PASSWORD' } },
  ],
  monthlyParts: { default: 500, agencies: { 'H15.01': 5000 } },
};

async function read(content: unknown) {
  const file = path.join(folder, 'notices.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readGatewayConfig(file, env);
}

describe('the configuration of notices', () => {
  test('names secrets by file and environment, and keeps its order', async () => {
    const config = await read(whole);
    expect(config.sms.map(({ name }) => name)).toEqual(['kannel', 'smpp']);
    expect(config.sms[0]).toMatchObject({ timeoutSeconds: 15 });
    const [kannel, smpp] = config.sms;
    expect(kannel?.type === 'kannel' && kannel.password.reveal()).toBe('of kannel');
    expect(smpp?.type === 'smpp' && smpp.password.reveal()).toBe('of-smpp');
    expect(config.monthlyParts).toEqual({ default: 500, agencies: { 'H15.01': 5000 } });
  });

  test('does not show its secrets when it is logged', async () => {
    const config = await read(whole);
    for (const text of [JSON.stringify(config), inspect(config, { depth: 9 }), String(config.reportSecret)]) {
      expect(text).toContain('[secret]');
      expect(text).not.toMatch(/of kannel|of-smpp|of-reports/);
    }
  });

  test.each([
    ['no JSON', '{', /is not JSON/],
    ['an unknown key', { ...whole, smss: [] }, /smss/],
    ['a secret in the file itself', { ...whole, reportSecret: 'in clear' }, /reportSecret/],
    ['a secret that is nowhere', { ...whole, reportSecret: { env: 'NO_SUCH' } }, /\$NO_SUCH is empty/],
    ['a secret file that is not there', { ...whole, reportSecret: { file: 'none' } }, /none cannot be read/],
    ['an empty secret', { ...whole, reportSecret: { file: 'empty' } }, /empty is empty/],
    ['too long a brand name', { ...whole, brandname: 'UY BAN NHAN DAN' }, /brandname/],
    ['a brand name with accents', { ...whole, brandname: 'ỦY BAN' }, /brandname/],
    ['two of one name', { ...whole, sms: [whole.sms[0], whole.sms[0]] }, /two gateways have the name kannel/],
    ['a callback address with a query', { ...whole, callbackUrl: 'https://x.vn/?a=1' }, /callback address/],
    ['a negative budget', { ...whole, monthlyParts: { default: -1 } }, /monthlyParts/],
  ])('with %s is refused with its reason', async (_, content, reason) => {
    const refused = await read(content).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
    expect((refused as Error).message).toMatch(reason);
    expect((refused as Error).message).not.toMatch(/of kannel|of-smpp|of-reports|in clear/);
  });
});
