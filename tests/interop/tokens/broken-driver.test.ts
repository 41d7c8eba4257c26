import { afterEach, beforeEach, expect, it } from 'vitest';
import { createForkedSigner } from '#entries/forked-signer.ts';
import type { ForkedSigner } from '#entries/forked-signer.ts';
import { fakeDriver } from '#tests/support/fake-driver.ts';
import type { FakeDriver } from '#tests/support/fake-driver.ts';
import { testPki } from '#tests/support/signing-fixtures.ts';

const own = testPki().certificate('person');
const data = new TextEncoder().encode('signed attributes');
let driver: FakeDriver;
let signer: ForkedSigner;

beforeEach(() => {
  driver = fakeDriver();
  driver.signs(data);
  // Longer than a process takes to start on a busy machine, shorter than the application waits.
  signer = createForkedSigner(8_000);
});

afterEach(() => {
  signer.close();
  driver.remove();
});

const sign = (secret = '1234') =>
  signer.sign({ kind: 'token', module: driver.module, serial: driver.serial, certificateId: null }, secret, own, data);
const logins = () => driver.calls().filter((call) => call === 'C_Login').length;

it('a driver that crashes fails the call that it was in; what waited and what comes later is done', async () => {
  driver.behave(['crash', 'C_Sign']);
  const [crashing, waiting] = [sign(), signer.tokens(driver.module)];
  await expect(crashing).rejects.toMatchObject({ code: 'SIGNER_CRASHED' });
  expect(await waiting).toMatchObject([{ serial: driver.serial }]);
  expect(logins()).toBe(1);
  driver.behave();
  expect((await sign()).length).toBe(256);
});

it('a driver that hangs is killed in time and fails one call, its PIN tried once', async () => {
  driver.behave(['hang', 'C_Sign']);
  const [hanging, waiting] = [sign(), signer.tokens(driver.module)];
  await expect(hanging).rejects.toMatchObject({ code: 'TOKEN_DRIVER_HANGS' });
  expect(await waiting).toMatchObject([{ serial: driver.serial }]);
  expect(logins()).toBe(1);
  driver.behave();
  expect((await sign()).length).toBe(256);
});

it('a wrong PIN crosses the processes as what it is', async () => {
  await expect(sign('0000')).rejects.toMatchObject({ code: 'TOKEN_PIN_WRONG' });
  await expect(sign('0000')).rejects.toMatchObject({ code: 'TOKEN_PIN_LAST_TRY' });
  await expect(sign('0000')).rejects.toMatchObject({ code: 'TOKEN_PIN_LOCKED' });
  await expect(sign('1234')).rejects.toMatchObject({ code: 'TOKEN_PIN_LOCKED' });
  expect(logins()).toBe(3);
});
