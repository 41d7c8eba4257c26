import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { defaultPolicies } from '#shared/domain/default-policies.ts';
import type { Officer, Rota } from '#shared/domain/rota.ts';
import { openTimedExchange, type TimedExchange } from '#tests/support/timed-exchange.ts';

const officer = (id: string, phone: string | null): Officer => ({
  id,
  name: `Cán bộ ${id}`,
  title: 'Văn thư',
  phone,
  phoneVerifiedAt: phone === null ? null : '2026-01-01T00:00:00.000Z',
  email: phone === null ? null : `${id}@tinh.gov.vn`,
});
/** One officer round the clock, another as head. */
const rotaOf = (onDuty: Officer, head: Officer | null): Rota => ({
  officers: head === null ? [onDuty] : [onDuty, head],
  shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '07:00', to: '07:00', officerId: onDuty.id })),
  substitutions: [],
  headOfOffice: head?.id ?? null,
  headSubstitutions: [],
  officePhone: '+842573000142',
  officeContact: 'Văn thư',
});

const duty = officer('truc', '+84900000418');
const head = officer('chanh', '+84900000402');
let exchange: TimedExchange;

beforeAll(async () => {
  // Monday, 08:00 in Việt Nam.
  exchange = await openTimedExchange('2026-11-30T01:00:00.000Z', [
    { code: 'H15', name: 'Ủy ban nhân dân tỉnh' },
    { code: 'H15.01', name: 'Sở Nội vụ', parentCode: 'H15' },
    { code: 'H15.02', name: 'Ủy ban nhân dân xã Ea Kar', parentCode: 'H15' },
    { code: 'H15.03', name: 'Sở Y tế', parentCode: 'H15' },
  ]);
  await exchange.setRota('H15.01', rotaOf(duty, head));
  await exchange.setRota('H15.03', rotaOf(officer('khac', '+84900000500'), null));
});
beforeEach(() => {
  for (const gateway of [exchange.sms, exchange.email]) {
    gateway.sent.length = 0;
    gateway.answer = ({ id }) => ({ kind: 'accepted', providerId: id, final: true, gateway: gateway.name, detail: '' });
  }
});
afterAll(() => exchange.close());

const later = (minutes: number): string => new Date(exchange.now().getTime() + minutes * 60_000).toISOString();
const smsSent = () =>
  exchange.sms.sent.map(({ to, at, text }) => ({ to, minute: Math.floor(at.getTime() / 60_000), text }));

it('an express document that nobody opens walks the whole chain to the call', async () => {
  const begun = Math.floor(exchange.now().getTime() / 60_000);
  const id = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express', code: '14/CĐ-UBND' });
  await exchange.advanceTo(later(29));
  expect(smsSent().map(({ to, minute }) => [to, minute - begun])).toEqual([
    [duty.phone, 0],
    [duty.phone, 10],
    [head.phone, 20],
  ]);
  const [first] = smsSent();
  expect(first?.text).toContain('14/CD-UBND');
  expect(first?.text).not.toMatch(/[^\x20-\x7e]/);
  expect((await exchange.watched('H15', id, 'H15.01')).call).toBeNull();
  await exchange.advanceTo(later(2));
  const seen = await exchange.watched('H15', id, 'H15.01');
  expect(seen.call).toMatchObject({ phone: '0257 3 000 142', askFor: 'Văn thư', reason: 'unreachable' });
  expect(seen.steps.map(({ target, person, doneAt }) => [target, person, doneAt !== null])).toEqual([
    ['on-duty', duty.name, true],
    ['on-duty', duty.name, true],
    ['head-of-office', head.name, true],
    ['sender-call', '', true],
  ]);
  // The call is recorded: nobody has to call any more, and nothing is sent after it.
  expect(
    await exchange.state('H15', {
      event: 'call-recorded',
      messageId: id,
      recipient: 'H15.01',
      phone: '0257 3 000 142',
      spokeTo: 'Bà Hòa',
      outcome: 'reached',
      note: '',
    }),
  ).toBeNull();
  const sent = exchange.sms.sent.length;
  await exchange.advanceTo(later(600));
  const after = await exchange.watched('H15', id, 'H15.01');
  expect(after.call).toBeNull();
  expect(after.calls).toMatchObject([{ spokeTo: 'Bà Hòa', outcome: 'reached' }]);
  expect(exchange.sms.sent.length).toBe(sent);
});

it('opening stops everything, and what is in hand is not sent', async () => {
  const id = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express' });
  await exchange.advanceTo(later(5));
  expect(exchange.sms.sent.length).toBe(1);
  await exchange.advanceTo(later(4));
  expect(await exchange.state('H15.01', { event: 'opened', messageId: id })).toBeNull();
  await exchange.advanceTo(later(24 * 60));
  expect(exchange.sms.sent.length).toBe(1);
  const seen = await exchange.watched('H15', id, 'H15.01');
  expect(seen).toMatchObject({ openedBy: 'Trần Thị Văn Thư', call: null });
  // What was stopped is shown as such: done once, three steps never.
  expect(seen.steps.map(({ doneAt }) => doneAt !== null)).toEqual([true, false, false, false]);
});

it('one officer gets one message about several documents', async () => {
  await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express', code: '15/CĐ-UBND' });
  await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express', code: '16/CĐ-UBND' });
  await exchange.accept({ from: 'H15.03', to: ['H15.01'], urgency: 'express', code: '17/SYT' });
  await exchange.advanceTo(later(1));
  expect(smsSent().length).toBe(1);
  expect(smsSent()[0]?.text).toMatch(/^3 /);
  await openAll();
});

it('one officer of two agencies is told once of a document for both', async () => {
  await exchange.setRota('H15.02', rotaOf(duty, null));
  await exchange.accept({ from: 'H15', to: ['H15.01', 'H15.02'], urgency: 'express' });
  await exchange.advanceTo(later(1));
  expect(smsSent().map(({ to }) => to)).toEqual([duty.phone]);
  await openAll();
});

it('an agency without officers ends in a call at once, with its reason', async () => {
  const id = await exchange.accept({ from: 'H15.01', to: ['H15'], urgency: 'express' });
  await exchange.advanceTo(later(1));
  expect(exchange.sms.sent).toEqual([]);
  expect((await exchange.watched('H15.01', id, 'H15')).call).toMatchObject({ phone: '', askFor: '' });
  await openAll();
});

it('when no message of a step arrives, the next step does not wait for its time', async () => {
  const refused = { kind: 'rejected', reason: 'invalid-number', gateway: 'sms', detail: '' } as const;
  exchange.sms.answer = () => refused;
  exchange.email.answer = () => ({ ...refused, reason: 'invalid-address' });
  const id = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express' });
  await exchange.advanceTo(later(2));
  const seen = await exchange.watched('H15', id, 'H15.01');
  expect(seen.call).not.toBeNull();
  expect(smsSent().map(({ to }) => to)).toEqual([duty.phone, duty.phone, head.phone]);
  await openAll();
});

it('a message without a report is unsure, handed over again under its id, and at last somebody else is told', async () => {
  exchange.sms.answer = () => ({ kind: 'unsure', gateway: 'sms', detail: 'cut' });
  const id = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express' });
  await exchange.advanceTo(later(1));
  const states = (await exchange.watched('H15', id, 'H15.01')).steps[0]?.notices;
  expect(states).toContainEqual(expect.objectContaining({ channel: 'sms', state: 'unsure' }));
  await exchange.advanceTo(later(8));
  const first = exchange.sms.sent.filter(({ id: one }) => one === exchange.sms.sent[0]?.id);
  expect(first.length).toBe(3);
  expect((await exchange.watched('H15', id, 'H15.01')).steps[0]?.notices).toContainEqual(
    expect.objectContaining({ channel: 'sms', state: 'failed' }),
  );
  await openAll();
});

it('with a fixed hour the steps are counted back from it, and a new hour moves those that wait', async () => {
  const hour = later(120);
  const id = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express-timed', expressAt: hour });
  await exchange.advanceTo(later(1));
  expect(smsSent().length).toBe(1);
  await exchange.advanceTo(later(90));
  expect(smsSent().length).toBe(1);
  const later3h = later(180);
  expect(
    await exchange.state('H15', { event: 'hour-changed', messageId: id, recipient: 'H15.01', expressAt: later3h }),
  ).toBeNull();
  await exchange.advanceTo(later(60));
  expect(smsSent().length).toBe(1);
  const seen = await exchange.watched('H15', id, 'H15.01');
  expect(seen.expressAt).toBe(later3h);
  await exchange.advanceTo(later3h);
  expect((await exchange.watched('H15', id, 'H15.01')).call).not.toBeNull();
  expect(smsSent().length).toBe(3);
  await openAll();
});

it('an hour that is gone already ends in a call at once', async () => {
  const id = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express-timed', expressAt: later(-5) });
  await exchange.advanceTo(later(1));
  expect((await exchange.watched('H15', id, 'H15.01')).call).not.toBeNull();
  await openAll();
});

it('a policy that is edited changes nothing for what was sent before', async () => {
  const id = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express' });
  await exchange.advanceTo(later(1));
  expect(await exchange.state('H15.01', { event: 'opened', messageId: id })).toBeNull();
  await exchange.advanceTo(later(1));
  const sent = exchange.sms.sent.length;
  const stricter = defaultPolicies.map((policy) => ({ ...policy, steps: policy.steps.map((step) => ({ ...step })) }));
  await exchange.database.duty.addPolicies(null, stricter);
  await exchange.advanceTo(later(60 * 24 * 90));
  expect(exchange.sms.sent.length).toBe(sent);
});

it('a reminder by hand goes at once, is limited, and only the sender may ask for it', async () => {
  await exchange.advanceTo('2027-04-01T02:00:00.000Z');
  const id = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'normal' });
  await exchange.advanceTo(later(30));
  expect(exchange.sms.sent).toEqual([]);
  const remind = { event: 'reminder-asked', messageId: id, recipient: 'H15.01' } as const;
  expect(await exchange.state('H15.01', remind)).toBe('NOT_YOURS');
  expect(await exchange.state('H15.03', remind)).toBe('NOT_YOURS');
  expect(await exchange.state('H15', remind)).toBeNull();
  await exchange.advanceTo(later(2));
  expect(smsSent().map(({ to }) => to)).toEqual([duty.phone]);
  expect(await exchange.state('H15', remind)).toBe('TOO_MANY');
  await openAll();
});

it('what is not express rings no telephone at night', async () => {
  await exchange.advanceTo('2027-04-01T15:00:00.000Z');
  const id = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'normal' });
  await exchange.advanceTo(later(1));
  expect(await exchange.state('H15', { event: 'reminder-asked', messageId: id, recipient: 'H15.01' })).toBeNull();
  await exchange.advanceTo('2027-04-01T23:29:00.000Z');
  expect(exchange.sms.sent).toEqual([]);
  // A letter disturbs nobody's sleep.
  expect(exchange.email.sent.length).toBe(1);
  await exchange.advanceTo('2027-04-01T23:31:00.000Z');
  expect(smsSent().length).toBe(1);
  await openAll();
});

/** Everybody has opened everything. */
async function openAll(): Promise<void> {
  const { rows } = await exchange.pool.query<{ message_id: string; recipient_code: string }>(
    'SELECT message_id, recipient_code FROM document_deliveries WHERE opened_at IS NULL',
  );
  for (const { message_id: messageId, recipient_code: code } of rows)
    await exchange.state(code, { event: 'opened', messageId });
  await exchange.advanceTo(later(30));
}
