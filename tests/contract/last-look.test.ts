import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideAll } from '#scripts/demo/decide-all.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import type { CallInput } from '#shared/contract/contract.ts';
import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import type { DifferenceKind } from '#shared/domain/last-look.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, approvedDraft, importLetter, sealedLetter, type OfficeKeys } from '#tests/support/office-letters.ts';
import {
  addCertificate,
  fieldsFrom,
  openTestOffice,
  sampleLetter,
  type TestOffice,
} from '#tests/support/test-office.ts';

const OWN = 'H15.01';
const OTHER = 'H15.02';
const THIRD = 'H15.09';
const password = TEST_PKI_PASSWORD;
let office: TestOffice;
let keys: OfficeKeys;

beforeEach(async () => {
  const hub = createOfficeHub([
    agency(OWN, 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk'),
    agency(OTHER, 'Sở Nội vụ tỉnh Đắk Lắk'),
    agency(THIRD, 'Liên đoàn Lao động tỉnh Đắk Lắk'),
  ]);
  office = await openTestOffice({ ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: OWN, workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 3);
  keys = await addKeys(office);
});
afterEach(() => office.close());

interface At {
  readonly id: string;
  readonly revision: number;
}
const target = ({ id, revision }: At): At => ({ id, revision });
const plain: Partial<OutgoingFields> = { addressees: ['Sở Nội vụ'], recipientLines: ['Như trên', 'Lưu: VT'] };

async function numbered(fields: Partial<OutgoingFields> = {}) {
  const approved = await approvedDraft(office, [OTHER], { fields: { ...plain, ...fields } });
  return office.ok('outgoing.assignNumber', target(approved));
}

const look = async ({ id }: At, more: Partial<CallInput<'outgoing.look'>> = {}) =>
  office.ok('outgoing.look', { id, personCertificateId: keys.person, sealCertificateId: keys.seal, ...more });
const openKinds = async (at: At, more: Partial<CallInput<'outgoing.look'>> = {}) =>
  (await look(at, more)).differences.filter(({ decision }) => decision === null).map(({ kind }) => kind);

type One = Omit<CallInput<'outgoing.decide'>['decisions'][number], 'subject' | 'kind'>;
async function decisionOn(
  at: At,
  kind: DifferenceKind,
  one: Partial<One>,
  more: Partial<CallInput<'outgoing.look'>> = {},
) {
  const { differences } = await look(at, more);
  const found = differences.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  const base = { kind, subject: found.subject, way: 'accepted' as const, reason: '', agencies: [] as string[] };
  const decision = { ...base, ...one };
  const looked = { personCertificateId: keys.person, sealCertificateId: keys.seal, ...more };
  return { ...target(at), ...looked, decisions: [decision] };
}
/** The oldest first. */
const actions = async ({ id }: At) => (await office.ok('outgoing.get', { id })).history.toReversed();

describe('the certificate and the signer named on the page', () => {
  it('that agree need no decision, and the history names the certificate', async () => {
    const sealed = await sealedLetter(office, keys, [OTHER], { fields: plain });
    expect(await openKinds(sealed)).toEqual([]);
    const history = await actions(sealed);
    expect(history.map(({ action }) => action)).not.toContain('difference-accepted');
    const { certificates } = await office.ok('certificates.list', {});
    const used = certificates.find(({ id }) => id === keys.person);
    expect(history.find(({ action }) => action === 'signed')?.params).toEqual({
      subject: 'Bùi Hồng Quý',
      issuer: used?.issuer,
      serial: used?.serial,
    });
    await office.ok('outgoing.send', target(sealed));
  });

  it('that differ are refused until somebody decides, with a reason that the history keeps', async () => {
    const letter = await numbered({ signerName: 'Nguyễn Thị Thu Nguyệt' });
    const sign = { ...target(letter), certificateId: keys.person, password };
    const refused = await office.call('outgoing.sign', { ...sign, commandId: crypto.randomUUID() });
    expect(refused).toMatchObject({ code: 'DIFFERENCE_UNDECIDED', params: { difference: 'signer', count: 1 } });
    expect(await office.refused('outgoing.decide', await decisionOn(letter, 'signer', {}))).toBe(
      'DECISION_NEEDS_REASON',
    );
    await office.ok('outgoing.decide', await decisionOn(letter, 'signer', { reason: 'Ký thay theo ủy quyền' }));
    const signed = await office.ok('outgoing.sign', sign);
    expect((await actions(signed)).find(({ action }) => action === 'difference-accepted')?.params).toEqual({
      difference: 'signer',
      page: 'Nguyễn Thị Thu Nguyệt',
      other: 'Bùi Hồng Quý',
      reason: 'Ký thay theo ủy quyền',
    });
  });

  it('a decision about one certificate is none about another', async () => {
    const letter = await numbered({ signerName: 'Nguyễn Thị Thu Nguyệt' });
    await office.ok('outgoing.decide', await decisionOn(letter, 'signer', { reason: 'Ký thay' }));
    const other = await addCertificate(office, 'person-ec', 'person');
    const sign = { ...target(letter), certificateId: other, password };
    expect(await office.refused('outgoing.sign', sign)).toBe('DIFFERENCE_UNDECIDED');
    const { certificates } = await look(letter);
    expect(certificates.map(({ role, fits, accepted }) => ({ role, fits, accepted }))).toEqual([
      { role: 'person', fits: false, accepted: true },
      { role: 'person', fits: false, accepted: false },
      { role: 'seal', fits: true, accepted: false },
    ]);
  });
});

describe('the seal', () => {
  it('of another agency is refused until somebody decides; the signature does not wait for it', async () => {
    const foreign = await addCertificate(office, 'agency2', 'seal');
    const letter = await numbered();
    const signed = await office.ok('outgoing.sign', { ...target(letter), certificateId: keys.person, password });
    const seal = { ...target(signed), certificateId: foreign, password };
    expect(await office.refused('outgoing.seal', seal)).toBe('DIFFERENCE_UNDECIDED');
    const more = { sealCertificateId: foreign };
    await office.ok('outgoing.decide', await decisionOn(signed, 'seal', { reason: 'Dấu mới chưa cấp' }, more));
    expect((await office.ok('outgoing.seal', seal)).state).toBe('sealed');
  });
});

describe('what the form says otherwise than the page', () => {
  async function sample(fields: Partial<OutgoingFields>) {
    const { file, proposal } = await office.ok('letters.propose', { token: office.token(sampleLetter) });
    const read = fieldsFrom(proposal);
    await office.ok('books.startFrom', { bookId: 'outgoing', year: 2017, last: 240 });
    return approvedDraft(office, [OTHER], {
      fields: { ...read.fields, ...plain, ...fields },
      placement: read.placement,
      fileId: file.fileId,
    });
  }

  it('is put right as on the page before the number, and the history tells what it was', async () => {
    const letter = await sample({ date: '2017-05-20', notation: 'VPUBND-TH', signerName: 'Bùi Hồng Quyên' });
    expect(await openKinds(letter)).toEqual(['signer-field', 'date', 'notation']);
    let at: At = letter;
    for (const kind of ['signer-field', 'date', 'notation'] as const) {
      at = await office.ok('outgoing.decide', await decisionOn(at, kind, { way: 'as-on-page' }));
    }
    expect(await openKinds(at)).toEqual([]);
    const { fields, codeText } = await office.ok('outgoing.get', { id: at.id });
    const history = await actions(at);
    expect(fields).toMatchObject({ date: '2017-05-22', notation: 'VPUBND-HCTC', signerName: 'Bùi Hồng Quý' });
    expect(codeText).toBe('VPUBND-HCTC');
    expect(history.filter(({ action }) => action === 'difference-corrected').map(({ params }) => params)).toEqual([
      { difference: 'signer-field', from: 'Bùi Hồng Quyên', to: 'Bùi Hồng Quý' },
      { difference: 'date', from: '2017-05-20', to: '2017-05-22' },
      { difference: 'notation', from: 'VPUBND-TH', to: 'VPUBND-HCTC' },
    ]);
  });

  it('stays as it is once it has its number, and wants a reason', async () => {
    const letter = await sample({ notation: 'VPUBND-TH' });
    const given = await office.ok('outgoing.assignNumber', target(letter));
    const input = await decisionOn(given, 'notation', { way: 'as-on-page' });
    expect(await office.refused('outgoing.decide', input)).toBe('WRONG_STATE');
    await office.ok('outgoing.decide', await decisionOn(given, 'notation', { reason: 'Sổ ghi theo đơn vị' }));
    expect(await openKinds(given)).toEqual([]);
  });

  it('is another question when the form is changed after it was decided', async () => {
    const letter = await sample({ notation: 'VPUBND-TH' });
    await office.ok('outgoing.decide', await decisionOn(letter, 'notation', { reason: 'Theo đơn vị' }));
    const draft = await office.ok('outgoing.reopen', target(letter));
    const { fields } = await office.ok('outgoing.get', { id: draft.id });
    const changed = await office.ok('outgoing.update', {
      ...target(draft),
      fields: { ...fields, notation: 'VPUBND-KT' },
      recipients: [OTHER],
    });
    const again = await office.ok('outgoing.approve', target(changed));
    expect(await openKinds(again)).toEqual(['notation']);
  });
});

describe('a line that reaches nobody', () => {
  const line = 'Liên đoàn lao động của tỉnh Đắk Lắk';

  it('is sent to the agency that is proposed, and its paper goes as was decided', async () => {
    const letter = await numbered({ addressees: ['Sở Nội vụ', line, 'Các chủ hồ chứa', 'Đoàn kinh tế 737'] });
    const { differences } = await look(letter);
    expect(differences.map(({ page, proposals }) => [page, proposals.map(({ name }) => name)])).toEqual([
      [line, ['Liên đoàn Lao động tỉnh Đắk Lắk']],
      ['Các chủ hồ chứa', []],
      ['Đoàn kinh tế 737', []],
    ]);
    const ways = [
      { way: 'sent-to', agencies: [THIRD] },
      { way: 'on-paper', agencies: [] },
      { way: 'not-sent', agencies: [] },
    ] as const;
    const decisions = differences.map(({ kind, subject }, index) => ({
      kind,
      subject,
      reason: '',
      way: ways[index]?.way ?? 'not-sent',
      agencies: [...(ways[index]?.agencies ?? [])],
    }));
    await office.ok('outgoing.decide', { ...target(letter), decisions });
    expect(await openKinds(letter)).toEqual([]);
    const { deliveries } = await office.ok('outgoing.get', { id: letter.id });
    const history = await actions(letter);
    expect(deliveries.map(({ agencyCode }) => agencyCode)).toEqual([OTHER, THIRD]);
    expect(history.filter(({ action }) => action === 'line-decided').map(({ params }) => params)).toEqual([
      { line, way: 'sent-to', agencies: 'Liên đoàn Lao động tỉnh Đắk Lắk', reason: '' },
      { line: 'Các chủ hồ chứa', way: 'on-paper', agencies: '', reason: '' },
      { line: 'Đoàn kinh tế 737', way: 'not-sent', agencies: '', reason: '' },
    ]);
  });

  it('cannot be sent to nobody, to this office, or decided twice over once it is gone', async () => {
    const letter = await numbered({ addressees: [line] });
    const to = (...agencies: string[]) => decisionOn(letter, 'line', { way: 'sent-to', agencies });
    expect(await office.refused('outgoing.decide', await to())).toBe('NO_RECIPIENTS');
    expect(await office.refused('outgoing.decide', await to(OWN))).toBe('RECIPIENT_IS_SELF');
    const right = await to(THIRD);
    await office.ok('outgoing.decide', right);
    // The likely agency has the line's own words, so the line reaches it from now on.
    expect(
      await office.refused('outgoing.decide', {
        ...right,
        decisions: [{ ...right.decisions[0], subject: 'khác' }],
      } as never),
    ).toBe('DIFFERENCE_GONE');
  });
});

it('a letter that was signed and sealed without a decision is not sent', async () => {
  const sealed = await sealedLetter(office, keys, [OTHER], {
    fields: { ...plain, signerName: 'Nguyễn Thị Thu Nguyệt' },
  });
  const database = new Database(join(office.dataDir, 'vanthu.db'));
  database.exec('DELETE FROM letter_decision');
  database.close();
  expect(await office.refused('outgoing.send', target(sealed))).toBe('DIFFERENCE_UNDECIDED');
  await decideAll(office.ok, sealed, keys);
  await office.ok('outgoing.send', target(sealed));
});

it('nothing is decided about a draft, nor about what has left', async () => {
  const fileId = await importLetter(office);
  const sealed = await sealedLetter(office, keys, [OTHER], { fields: plain, fileId });
  const sent = await office.ok('outgoing.send', target(sealed));
  const decisions = [{ kind: 'line', subject: 'x', way: 'not-sent', reason: '', agencies: [] }] as const;
  expect(await office.refused('outgoing.decide', { ...target(sent), decisions: [...decisions] } as never)).toMatch(
    /WRONG_STATE|STALE_REVISION/,
  );
});

it('what no password can help is said before it is tried', async () => {
  const expired = await addCertificate(office, 'expired', 'person');
  for (const typed of [password, 'sai']) {
    expect(await office.refused('certificates.checkPassword', { id: expired, password: typed })).toBe(
      'SIGN_CERT_EXPIRED',
    );
  }
});

it('a password is tried without anything being signed', async () => {
  expect(await office.refused('certificates.checkPassword', { id: keys.person, password: 'sai' })).toBe(
    'P12_WRONG_PASSWORD',
  );
  expect(await office.ok('certificates.checkPassword', { id: keys.person, password })).toEqual({ id: keys.person });
});
