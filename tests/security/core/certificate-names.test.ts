import { afterEach, expect, it } from 'vitest';
import { inProcessSigner } from '#scripts/demo/in-process-signer.ts';
import { addCertificate, openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

let office: TestOffice | undefined;
afterEach(() => office?.close());

it('the names in a certificate are shown without marks that turn a text round', async () => {
  const signer: typeof inProcessSigner = {
    ...inProcessSigner,
    inspect: async (key, password, certificate) =>
      (await inProcessSigner.inspect(key, password, certificate)).map((holder) => ({
        ...holder,
        subject: 'Bùi\u202e Hồng\u2069 Quý',
        organisation: 'Văn\u0007 phòng',
      })),
  };
  office = await openTestOffice({ signer });
  await addCertificate(office, 'person', 'person');
  const { certificates } = await office.ok('certificates.list', {});
  expect(certificates).toMatchObject([{ subject: 'Bùi Hồng Quý', organisation: 'Văn phòng' }]);
});
