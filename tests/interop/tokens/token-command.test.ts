import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { TokenFacts } from '#shared/contract/control.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { fakeDriver } from '#tests/support/fake-driver.ts';
import { pdfsig } from '#tests/support/other-readers.ts';
import { letter, trust } from '#tests/support/signing-fixtures.ts';
import { softHsm, softToken } from '#tests/support/soft-token.ts';
import type { SoftToken } from '#tests/support/soft-token.ts';
import { runVanthu } from '#tests/support/vanthu-command.ts';

// Each test starts several processes, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

let token: SoftToken;
let folder: string;

beforeAll(() => {
  token = softToken(['person', 'person-ec', 'agency']);
  folder = mkdtempSync(join(tmpdir(), 'van-thu-token-cli-'));
  writeFileSync(join(folder, 'letter.pdf'), letter());
});

afterAll(() => {
  token.remove();
  rmSync(folder, { recursive: true });
});

const vanthu = (args: readonly string[], environment: Record<string, string> = {}) =>
  runVanthu(args, { ...token.environment, PIN: token.pin, WRONG: '000000', ...environment }, folder);

async function listed(): Promise<readonly TokenFacts[]> {
  const { stdout } = await vanthu(['token', 'list', '--module', softHsm, '--json']);
  return (JSON.parse(stdout) as { readonly tokens: readonly TokenFacts[] }).tokens;
}

const sign = (out: string, ...more: readonly string[]) =>
  vanthu(['sign', 'letter.pdf', '--token', softHsm, '--pin-env', 'PIN', '--out', out, ...more]);

it('lists tokens with their certificates, for people and for programs', async () => {
  const [only, ...others] = await listed();
  expect(others).toEqual([]);
  expect(only).toMatchObject({ label: 'Thẻ văn thư', pin: 'untouched' });
  const { status, stdout } = await vanthu(['token', 'list', '--module', softHsm]);
  expect(status).toBe(0);
  expect(stdout).toContain('Thẻ văn thư');
  expect(stdout).toContain(only?.serial);
  expect(stdout).toMatch(/01 {2}Bùi Hồng Quý, Văn phòng UBND tỉnh Đắk Lắk {2}until \d{4}-\d\d-\d\d/);
});

it('signs and seals with the keys of a token', async () => {
  const signed = await sign('signed.pdf', '--role', 'person', '--certificate', '01');
  expect(signed).toEqual({ status: 0, stdout: '', stderr: '' });
  const [only] = await listed();
  const sealing = ['sign', 'signed.pdf', '--token', softHsm, '--serial', only?.serial ?? '', '--pin-env', 'PIN'];
  expect(await vanthu([...sealing, '--role', 'seal', '--out', 'sealed.pdf'])).toMatchObject({ status: 0 });
  const bytes = new Uint8Array(readFileSync(join(folder, 'sealed.pdf')));
  expect(pdfsig(bytes)).toEqual(['Signature is Valid.', 'Signature is Valid.']);
  expect(verifyPdf(bytes, { trust: trust(), now: new Date() }).verdict).toBe('VALID');
});

it('says what it wants where it cannot know whose key is meant', async () => {
  const several = await sign('none.pdf', '--role', 'person');
  expect(several.status).toBe(2);
  expect(several.stderr).toContain('--certificate');
  const both = await sign('none.pdf', '--role', 'person', '--p12', 'x.p12', '--password-env', 'PIN');
  expect(both.status).toBe(2);
  expect(both.stderr).toContain('not both');
  expect(await vanthu(['token', 'list'])).toMatchObject({ status: 2 });
  expect(await vanthu(['token', 'eject', '--module', softHsm])).toMatchObject({ status: 2 });
  expect(existsSync(join(folder, 'none.pdf'))).toBe(false);
});

it('refuses with the code of what went wrong, and writes nothing', async () => {
  const wrong = ['sign', 'letter.pdf', '--token', softHsm, '--role', 'person', '--out', 'none.pdf'];
  const runs = [
    ['TOKEN_PIN_WRONG', await vanthu([...wrong, '--pin-env', 'WRONG'])],
    ['TOKEN_NOT_FOUND', await vanthu([...wrong, '--pin-env', 'PIN', '--serial', '0000'])],
    ['TOKEN_KEY_MISSING', await vanthu([...wrong, '--pin-env', 'PIN', '--certificate', 'a0'])],
    ['TOKEN_DRIVER_MISSING', await vanthu(wrong.with(3, '/no/driver.so').concat('--pin-env', 'PIN'))],
  ] as const;
  for (const [code, { status, stderr }] of runs) {
    expect(stderr).toContain(code);
    expect(status).toBe(3);
  }
  expect(await listed()).toMatchObject([{ pin: 'untouched' }]);
  expect(existsSync(join(folder, 'none.pdf'))).toBe(false);
});

it('outlives a driver that crashes', async () => {
  const driver = fakeDriver();
  driver.behave(['crash', 'C_Sign']);
  const signing = ['sign', 'letter.pdf', '--token', driver.module, '--pin-env', 'FAKE_PIN', '--role', 'person'];
  const environment = { FAKE_DRIVER: driver.folder, FAKE_PIN: '1234' };
  const { status, stderr } = await vanthu([...signing, '--out', 'none.pdf'], environment);
  expect(stderr).toContain('SIGNER_CRASHED');
  expect(status).toBe(3);
  // Once to see whose key it is, once to sign.
  expect(driver.calls().filter((call) => call === 'C_Login')).toHaveLength(2);
  driver.remove();
});
