import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_FORM_CHARS } from '#shared/contract/forms.ts';
import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';
import { readRows } from '#tests/support/office-database.ts';
import { openTestOffice, sampleLetter, type TestOffice } from '#tests/support/test-office.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openTestOffice();
  await office.ok('office.setUp', { agencyName: 'Văn phòng UBND tỉnh', agencyCode: 'H15.01' });
});
afterEach(async () => await office.close());

const letter = { kind: 'letter', key: 'new:1' };
const own = { personId: FIRST_PERSON_ID, ...letter };
const keep = (body: string, files: string[] = [], form = letter) =>
  office.ok('forms.keep', { ...own, ...form, version: 1, body, files });
const listed = async () => (await office.ok('forms.list', {})).forms.map(({ key }) => key);

describe('a form that is being filled in', () => {
  it('is as it was kept last, over restarts, until it is forgotten', async () => {
    await keep('{"abstract":"một"}');
    await keep('{"abstract":"hai 🙂 \u0000"}');
    await office.restart();
    expect(await office.ok('forms.read', letter)).toEqual({ version: 1, body: '{"abstract":"hai 🙂 \u0000"}' });
    expect(await listed()).toEqual(['new:1']);
    await office.ok('forms.forget', own);
    expect(await office.refused('forms.read', letter)).toBe('NOT_FOUND');
    expect(await listed()).toEqual([]);
    // Forgotten twice is forgotten.
    await office.ok('forms.forget', own);
  });

  it('is nobody else’s, also when it was on its way while another person signed in', async () => {
    await keep('{"abstract":"của tôi"}');
    const hers = { ...own, personId: randomUUID() };
    expect(await office.refused('forms.keep', { ...hers, version: 1, body: '{}', files: [] })).toBe('NOT_ALLOWED');
    expect(await office.refused('forms.forget', hers)).toBe('NOT_ALLOWED');
    expect((await office.ok('forms.read', letter)).body).toBe('{"abstract":"của tôi"}');
  });

  it('takes the longest that a form may be, and refuses more without losing what was kept', async () => {
    const longest = JSON.stringify({ text: 'Đ'.repeat(MAX_FORM_CHARS - 11) });
    expect(longest).toHaveLength(MAX_FORM_CHARS);
    await keep(longest);
    expect(await office.refused('forms.keep', { ...own, version: 1, body: `${longest} `, files: [] })).toBe(
      'INVALID_INPUT',
    );
    expect((await office.ok('forms.read', letter)).body).toBe(longest);
  });

  it('keeps the files that it needs, and lets them go with it', async () => {
    const { file } = await office.ok('letters.propose', { token: office.token(sampleLetter) });
    const holders = () =>
      readRows<{ holder: string }>(
        office.dataDir,
        `SELECT holder FROM file_reference WHERE file_id = '${file.fileId}'`,
      ).map(({ holder }) => holder);
    await keep('{}', [file.fileId]);
    expect(holders()).toEqual(['form']);
    await keep('{"abstract":"x"}', []);
    expect(holders()).toEqual([]);
    await keep('{}', [file.fileId]);
    await office.ok('forms.forget', own);
    expect(holders()).toEqual([]);
  });

  it('ends with the command that saves it, and with that one alone', async () => {
    const report = { kind: 'dialog', key: 'feedback:' };
    await keep('{"text":"Không in được"}', [], report);
    await keep('{}');
    const given = { kind: 'fault', bundleId: null, endsForm: report } as const;
    expect(await office.refused('feedback.send', { ...given, text: ' ' })).toBe('FEEDBACK_EMPTY');
    expect(await listed()).toHaveLength(2);
    const commandId = randomUUID();
    await office.ok('feedback.send', { ...given, text: 'Không in được', commandId } as never);
    expect(await listed()).toEqual(['new:1']);
    // Its answer asked for once more ends nothing that was begun since.
    await keep('{"text":"Còn nữa"}', [], report);
    await office.ok('feedback.send', { ...given, text: 'Không in được', commandId } as never);
    expect(await listed()).toHaveLength(2);
  });
});
