import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../lib/repository.ts';
import { makeTestPki, TEST_PKI_PASSWORD, type TestPki, type TestSubjectId } from '../make-test-pki.ts';
import { startExchangeProcess, type ExchangeProcess } from './exchange-process.ts';
import { installTrust } from './install-trust.ts';
import type { CertificateSetUp, OfficeSetUp } from './office-window.ts';

export const sampleLetter = path.join(repositoryRoot, 'resources/demo/letters/cong-van-241.pdf');

/** The two offices of the demonstration, as the directory knows them. */
export const demoOffices = {
  sender: { code: 'H15.01', name: 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk', person: 'person', seal: 'agency' },
  receiver: {
    code: 'H15.03',
    name: 'Sở Thông tin và Truyền thông tỉnh Đắk Lắk',
    person: 'person2',
    seal: 'agency2',
  },
} as const;
export type DemoOffice = keyof typeof demoOffices;

/** An exchange on loopback and the data folders of two offices, below one folder that is emptied first. */
export interface DemoWorld {
  readonly exchange: ExchangeProcess;
  readonly password: string;
  readonly pki: TestPki;
  dataDir(office: DemoOffice): string;
  /** What an office types on its first run; makes a fresh one-time code. */
  setUpOf(office: DemoOffice): Promise<OfficeSetUp>;
  close(): Promise<void>;
}

export async function createDemoWorld(folder: string): Promise<DemoWorld> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const pki = makeTestPki(path.join(repositoryRoot, '.cache/test-pki'));
  const exchange = await startExchangeProcess(path.join(folder, 'exchange'));
  const dataDir = (office: DemoOffice): string => path.join(folder, office);
  for (const office of Object.keys(demoOffices) as DemoOffice[]) installTrust(dataDir(office), pki);
  return {
    exchange,
    password: TEST_PKI_PASSWORD,
    pki,
    dataDir,
    setUpOf: async (office) => ({
      serverUrl: exchange.url,
      code: await exchange.enrolmentCode(demoOffices[office].code),
      certificates: [
        certificate(pki, demoOffices[office].person, 'person'),
        certificate(pki, demoOffices[office].seal, 'seal'),
      ],
      // The sample letter of 2017 carries number 241, so its book goes on after 240.
      books: office === 'sender' ? [{ name: 'Sổ đăng ký văn bản đi', year: 2017, last: 240 }] : [],
    }),
    close: () => exchange.stop(),
  };
}

function certificate(pki: TestPki, subject: TestSubjectId, role: 'person' | 'seal'): CertificateSetUp {
  const image = path.join(repositoryRoot, `resources/demo/${role === 'person' ? 'signature' : 'seal'}.png`);
  return { role, p12: pki.p12(subject), password: TEST_PKI_PASSWORD, image };
}
