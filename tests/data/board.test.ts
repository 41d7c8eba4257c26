import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandlingRecord, NewAssignment } from '#core/handling/handling-store.ts';
import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import { incomingRecord } from '#tests/support/office-records.ts';
import { openTestRegisters, type OpenTestRegisters } from '#tests/support/office-registers.ts';

let open: OpenTestRegisters;
const now = '2026-11-24T02:00:00.000Z';
const endOfDay = '2026-11-24T17:00:00.000Z';
const hours = (count: number) => new Date(Date.parse(now) + count * 3_600_000).toISOString();
const unit = { id: randomUUID(), name: 'Phòng Nội chính', abbreviation: 'NC', position: 1 };
const vân = randomUUID();

beforeEach(() => {
  open = openTestRegisters();
  open.tx((stores) => {
    stores.people.putUnit(unit);
    const person = { title: '', roles: ['officer' as const], position: 1, windowsAccount: '' };
    stores.people.putPerson({ ...person, id: vân, name: 'Lê Thị Hải Vân', unitId: unit.id });
  });
});
afterEach(() => open.close());

interface Given {
  readonly urgency?: Urgency;
  readonly dueAt?: string;
  readonly officeDueAt?: string;
  readonly to?: 'unit' | 'person';
  readonly part?: NewAssignment['part'];
  readonly paper?: 'expected';
  readonly arrivedAt?: string;
  readonly finishedAt?: string;
}

/** A document in the book with whoever leads it. */
function document({
  urgency = 'normal',
  dueAt,
  officeDueAt,
  to,
  part = 'lead',
  paper,
  finishedAt,
  arrivedAt,
}: Given): string {
  const base = incomingRecord();
  const record = incomingRecord({
    state: finishedAt === undefined ? 'registered' : 'done',
    fields: { ...base.fields, urgency, dueAt: dueAt ?? null, paper: paper ?? 'none' },
    ...(arrivedAt === undefined ? {} : { arrivedAt }),
  });
  open.tx((stores) => {
    stores.incoming.insert(record, []);
    if (to !== undefined) {
      stores.handling.assign({
        documentId: record.id,
        part,
        kind: to,
        assigneeId: to === 'unit' ? unit.id : vân,
        dueAt: officeDueAt ?? null,
        note: '',
        assignedBy: FIRST_PERSON_ID,
        assignedAt: arrivedAt ?? now,
      });
    }
    if (finishedAt === undefined) return;
    for (const { id } of stores.handling.assignments(record.id)) {
      stores.handling.close(id, 'finished', FIRST_PERSON_ID, finishedAt);
    }
    const outcome = { kind: 'unsaid', answerId: null, codeText: null, date: null, reason: null } as const;
    const handled: HandlingRecord = {
      documentId: record.id,
      stage: 'finished',
      askedLeader: null,
      askedAt: null,
      directed: false,
      started: false,
      finishedAt,
      outcome,
    };
    stores.handling.put(handled);
  });
  return record.id;
}

describe('the board', () => {
  it('sums what each unit and person leads, and nothing that others help with or that is done', () => {
    document({ to: 'unit', urgency: 'express' });
    document({ to: 'person', dueAt: hours(3) });
    document({ to: 'person', officeDueAt: hours(-30), dueAt: hours(100) });
    document({ to: 'person', part: 'support', dueAt: hours(-1) });
    document({ to: 'unit', dueAt: hours(-50), finishedAt: hours(-1) });
    const { units, people } = open.registers.board.holders(now, endOfDay);
    // A unit answers for its people.
    expect(units).toEqual([
      { kind: 'unit', id: unit.id, name: unit.name, express: 1, dueToday: 1, overdue: 1, open: 3 },
    ]);
    expect(people).toEqual([
      { kind: 'person', id: vân, name: 'Lê Thị Hải Vân', express: 0, dueToday: 1, overdue: 1, open: 2 },
    ]);
  });

  it('lists the longest overdue first, by the earlier of the two deadlines, with whoever leads', () => {
    const one = document({ dueAt: hours(-10) });
    const two = document({ to: 'person', officeDueAt: hours(-30), dueAt: hours(100) });
    document({ dueAt: hours(10) });
    const lines = open.registers.board.overdue(now, 8);
    expect(lines.map(({ id, at, lead }) => [id, at, lead])).toEqual([
      [two, hours(-30), 'Lê Thị Hải Vân'],
      [one, hours(-10), ''],
    ]);
    expect(open.registers.board.dueToday(now, endOfDay)).toBe(1);
  });

  it('counts the papers that are waited for', () => {
    document({ paper: 'expected' });
    document({ paper: 'expected', finishedAt: hours(-1) });
    expect(open.registers.board.waitingForPaper()).toBe(1);
  });

  it('reports a week: what came, was assigned, and was finished in time or late', () => {
    const inWeek = { arrivedAt: hours(-20) };
    document({ ...inWeek, to: 'person', officeDueAt: hours(5), finishedAt: hours(-1) });
    document({ ...inWeek, to: 'person', officeDueAt: hours(-5), finishedAt: hours(-1) });
    document({ ...inWeek, dueAt: hours(-2), finishedAt: hours(-1) });
    document({ ...inWeek, finishedAt: hours(-1) });
    document({ arrivedAt: hours(-500), to: 'unit', finishedAt: hours(-400) });
    expect(open.registers.board.week(hours(-100), now)).toEqual({
      received: 4,
      assigned: 2,
      finished: 4,
      inTime: 1,
      late: 2,
    });
  });
});

describe('what units and people did in a week', () => {
  it('is what each led, given and finished in it, in time by the earlier deadline', () => {
    document({ to: 'person', arrivedAt: hours(1) });
    document({ to: 'person', arrivedAt: hours(-90), finishedAt: hours(2), dueAt: hours(3) });
    document({ to: 'person', arrivedAt: hours(-90), finishedAt: hours(2), dueAt: hours(3), officeDueAt: hours(1) });
    document({ to: 'unit', arrivedAt: hours(1), finishedAt: hours(2) });
    // Whoever helps leads nothing, and what was before the week is of another.
    document({ to: 'unit', part: 'support', arrivedAt: hours(1) });
    document({ to: 'unit', arrivedAt: hours(-90), finishedAt: hours(-80) });
    expect(open.registers.board.weekByHolder(now, hours(24 * 7))).toEqual([
      { name: 'Lê Thị Hải Vân', assigned: 1, finished: 2, inTime: 1, late: 1 },
      { name: 'Phòng Nội chính', assigned: 1, finished: 1, inTime: 0, late: 0 },
    ]);
  });
});
