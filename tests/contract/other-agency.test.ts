import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { createDraft } from '#tests/support/office-letters.ts';
import { openTestOffice, repositoryRoot, sampleLetter, type TestOffice } from '#tests/support/test-office.ts';

const OWN = 'Văn phòng UBND tỉnh Đắk Lắk';
const OTHER = 'Sở Nội vụ tỉnh Đắk Lắk';
let office: TestOffice;
beforeAll(async () => {
  const hub = createOfficeHub([agency('H15.01', OWN), agency('H15.02', OTHER)]);
  office = await openTestOffice({ ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
});
afterAll(() => office.close());

const fixture = (name: string) => join(repositoryRoot, `tests/fixtures/letters/${name}.pdf`);

it.each([
  [sampleLetter, null],
  [fixture('cong-van-cho-so'), OTHER],
  // The office issues what the body that it serves has signed.
  [fixture('quyet-dinh-15'), null],
])('the page of %s is another agency’s: %j', async (path, other) => {
  expect((await office.ok('letters.propose', { token: office.token(path) })).otherAgency).toBe(other);
});

it.each([
  [OWN, false],
  [OTHER, true],
  ['UBND tỉnh Đắk Lắk', false],
  ['Phòng Hành chính', false],
])('a letter of %s that is about to get a number is another’s: %j', async (agencyName, other) => {
  const { id } = await createDraft(office, ['H15.02'], { fields: { agencyName } });
  expect((await office.ok('outgoing.nextNumber', { id })).otherAgency).toBe(other);
});
