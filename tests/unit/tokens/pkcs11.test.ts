import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { loadDriver } from '#tokens/pkcs11/driver.ts';
import { unixLayout, windowsLayout } from '#tokens/pkcs11/layout.ts';
import { listTokens } from '#tokens/pkcs11/list-tokens.ts';
import { openToken } from '#tokens/pkcs11/open-token.ts';
import { fakeDriver } from '#tests/support/fake-driver.ts';
import type { FakeDriver } from '#tests/support/fake-driver.ts';
import { testPki } from '#tests/support/signing-fixtures.ts';

let driver: FakeDriver;
const own = testPki().certificate('person');
const data = new TextEncoder().encode('signed attributes');
const open = (pin = '1234', serial: string = driver.serial) =>
  openToken({ kind: 'token', module: driver.module, serial, certificateId: null }, pin, new Date());
const logins = () => driver.calls().filter((call) => call === 'C_Login').length;

/** A fresh driver in this process. */
function load(windows = false): void {
  driver = fakeDriver({ windows });
  loadDriver(driver.module, windows ? windowsLayout : unixLayout);
}

afterEach(() => {
  driver.behave();
  loadDriver(driver.module).close();
  driver.remove();
});

describe.each([
  ['Linux', false],
  ['Windows', true],
])('types in memory as on %s', (_system, windows) => {
  it('are read and written alike: list, login, certificate, signature', async () => {
    load(windows);
    driver.signs(data);
    expect(listTokens(driver.module)).toEqual([
      {
        label: 'Thẻ giả',
        manufacturer: 'Vanthu',
        model: 'Fake',
        serial: 'FAKE0001',
        pin: 'untouched',
        certificates: [expect.objectContaining({ id: '01', subject: 'Bùi Hồng Quý' })],
      },
    ]);
    const session = await open();
    expect(session.holders).toMatchObject([{ subject: 'Bùi Hồng Quý', agency: false }]);
    await session.sign(own, data);
    session.close();
    // DigestInfo of SHA-256: RFC 8017, 9.2, note 1.
    const signed = `3031300D060960864801650304020105000420${createHash('sha256').update(data).digest('hex').toUpperCase()}`;
    expect(driver.calls()).toContain(`C_Sign ${signed}`);
    expect(driver.calls().slice(-2)).toEqual(['C_Logout', 'C_CloseSession']);
  });
});

describe('a PIN', () => {
  it('is tried once each time, until the token locks; a locked token is not asked any more', async () => {
    load();
    await expect(open('0000')).rejects.toMatchObject({ code: 'TOKEN_PIN_WRONG' });
    expect(logins()).toBe(1);
    await expect(open('0000')).rejects.toMatchObject({ code: 'TOKEN_PIN_LAST_TRY' });
    expect(listTokens(driver.module)).toMatchObject([{ pin: 'last-try' }]);
    await expect(open('0000')).rejects.toMatchObject({ code: 'TOKEN_PIN_LOCKED' });
    expect(logins()).toBe(3);
    await expect(open('1234')).rejects.toMatchObject({ code: 'TOKEN_PIN_LOCKED' });
    expect(logins()).toBe(3);
    expect(listTokens(driver.module)).toMatchObject([{ pin: 'locked' }]);
  });

  it('that is empty is not tried: a token would count it', async () => {
    load();
    await expect(open('')).rejects.toMatchObject({ code: 'TOKEN_PIN_MISSING' });
    expect(driver.calls()).not.toContain('C_Login');
  });

  it('is asked for by each session, also where one before did not log out', async () => {
    load();
    driver.behave(['fail', 'C_Logout', 0x5]);
    (await open()).close();
    driver.behave();
    await expect(open('0000')).rejects.toMatchObject({ code: 'TOKEN_PIN_WRONG' });
    (await open()).close();
  });

  it.each([0xa1, 0xa2])('that the driver does not like (CKR %i) is a wrong one', async (value) => {
    load();
    driver.behave(['fail', 'C_Login', value]);
    await expect(open()).rejects.toMatchObject({ code: 'TOKEN_PIN_WRONG' });
    expect(logins()).toBe(1);
  });

  it('that locked the token in the same call is said to have', async () => {
    load();
    driver.behave(['fail', 'C_Login', 0xa4]);
    await expect(open()).rejects.toMatchObject({ code: 'TOKEN_PIN_LOCKED' });
  });
});

describe('a token', () => {
  it.each([
    ['C_OpenSession', 0xe0],
    ['C_Login', 0x32],
    ['C_FindObjects', 0xb3],
    ['C_GetAttributeValue', 0x30],
    ['C_SignInit', 0x5],
    ['C_Sign', 0x30],
  ])('pulled out during %s (CKR %i) is told as that, whatever the driver calls it', async (whom, value) => {
    load();
    driver.behave(['remove', whom, value]);
    const signing = open().then((session) => session.sign(own, data));
    await expect(signing).rejects.toMatchObject({ code: 'TOKEN_REMOVED' });
  });

  it('of another serial number, or none, is not there', async () => {
    load();
    await expect(open('1234', 'FAKE0002')).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' });
    driver.behave(['remove', 'C_GetSlotList', 0]);
    expect(listTokens(driver.module)).toEqual([]);
    await expect(open()).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' });
    expect(driver.calls()).not.toContain('C_Login');
  });

  it('that shows no certificate has no key to sign with, and is logged out of', async () => {
    load();
    driver.behave(['fail', 'C_GetAttributeValue', 0x12]);
    await expect(open()).rejects.toMatchObject({ code: 'TOKEN_KEY_MISSING' });
    expect(driver.calls().slice(-2)).toEqual(['C_Logout', 'C_CloseSession']);
  });
});

describe('a driver', () => {
  it.each([
    ['C_GetSlotList', 0x5],
    ['C_GetTokenInfo', 0x30],
    ['C_FindObjectsInit', 0x6],
    ['C_Sign', 0x101],
  ])('that fails in %s is named with the number it gave (CKR %i)', async (whom, value) => {
    load();
    driver.behave(['fail', whom, value]);
    await expect(open().then((session) => session.sign(own, data))).rejects.toMatchObject({
      code: 'TOKEN_DRIVER_FAILED',
      params: { reason: `${whom} 0x${value.toString(16)}` },
    });
  });

  it('that gives a signature of something else is not believed', async () => {
    load();
    driver.signs(new Uint8Array(4));
    const session = await open();
    await expect(session.sign(own, data)).rejects.toMatchObject({ code: 'TOKEN_DRIVER_FAILED' });
    session.close();
  });

  it('stays in memory while what loaded it is collected', async () => {
    load();
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    for (let round = 0; round < 5; round += 1) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
    // A call into memory that is gone would end the process.
    expect(listTokens(driver.module)).toHaveLength(1);
  });

  it('that was initialised by somebody else in this process is taken as it is', async () => {
    driver = fakeDriver();
    driver.behave(['fail', 'C_Initialize', 0x191]);
    loadDriver(driver.module);
    expect(listTokens(driver.module)).toHaveLength(1);
  });

  it.each(['/no/such/driver.so', '/etc/hostname', '/lib/x86_64-linux-gnu/libc.so.6'])(
    'that is none is said to be missing: %s',
    (module) => {
      load();
      expect(() => listTokens(module)).toThrow(expect.objectContaining({ code: 'TOKEN_DRIVER_MISSING' }));
    },
  );
});
