import { describe, expect, it } from 'vitest';
import { isLoopback, requireProxy } from '#exchange/rules/secure-transport.ts';
import { createExchangeGateway } from '#network/exchange-gateway.ts';
import { secureAddress } from '#network/secure-address.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import { anyRegister } from '#tests/sync/exchange/office.ts';

describe('the address of an exchange', () => {
  it('is https, or of this machine', () => {
    for (const url of ['https://truc.daklak.gov.vn', 'http://127.0.0.1:8710', 'http://localhost', 'http://[::1]:80']) {
      expect(secureAddress(url)?.href, url).toContain(new URL(url).hostname);
    }
    for (const url of [
      'http://truc.daklak.gov.vn',
      'http://10.0.0.7',
      'http://127.0.0.1.evil.example',
      'http://localhost.evil.example',
      'http://127.0.0.1@evil.example',
      'ws://127.0.0.1',
      'mailto:a@b',
      'truc.daklak.gov.vn',
      '',
    ]) {
      expect(secureAddress(url), url).toBeNull();
    }
  });

  it('that is not gets no request, neither before nor after enrolment', async () => {
    let asked = 0;
    const gateway = createExchangeGateway(async () => {
      asked += 1;
      return new Response();
    });
    const url = 'http://truc.daklak.gov.vn';
    const refused = { kind: 'refused', code: 'HTTPS_REQUIRED', params: {} };
    const deviceSecret = await gateway.createDeviceSecret();
    expect(await gateway.check(url)).toEqual(refused);
    const who = { code: 'x', workstationName: 'x', deviceSecret, ...anyRegister() };
    expect(await gateway.enrol({ url, ...who })).toEqual(refused);
    const { d: _, ...exchangeKey } = JSON.parse(deviceSecret);
    const client = gateway.connect({ url, exchangeId: 'e', exchangeKey, workstationId: 'w', deviceSecret });
    expect(await client.agencies(0)).toEqual(refused);
    expect(await client.putMessage('m', sourceOf(new Uint8Array(1)))).toEqual(refused);
    expect(asked).toBe(0);
  });
});

describe('an exchange', () => {
  it('listens for other machines only behind a proxy', () => {
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(() => requireProxy(host, [])).not.toThrow();
    for (const host of ['0.0.0.0', '::', '10.0.0.7', 'truc.daklak.gov.vn']) {
      expect(() => requireProxy(host, [])).toThrow('--trusted-proxy');
      expect(() => requireProxy(host, ['10.0.0.8'])).not.toThrow();
    }
  });

  it('knows its own machine by any of its names', () => {
    for (const address of ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1']) expect(isLoopback(address)).toBe(true);
    for (const address of ['10.0.0.7', '::ffff:10.0.0.7', '::', '127.0.0.1.example', '']) {
      expect(isLoopback(address)).toBe(false);
    }
  });
});
