import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sqlite } from '#data/connection/sqlite.ts';
import { registersOn } from '#data/open-registers.ts';
import { incomingBoxes } from '#shared/domain/incoming-state.ts';
import { listSorts, type ListFilter, type ListPosition, type ListSort } from '#shared/domain/list-request.ts';
import { comparableCode } from '#shared/domain/notation.ts';
import { codeOrder, vietnameseOrder } from '#shared/domain/vietnamese-order.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import type { IncomingRecord } from '#core/incoming/incoming-store.ts';
import { outgoingBoxes } from '#shared/domain/outgoing-state.ts';
import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import { noLog } from '#entries/machine-ports.ts';
import type { OutgoingRecord } from '#core/outgoing/outgoing-store.ts';
import { givenNumber, incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { openTestRegisters, type OpenTestRegisters } from '#tests/support/office-registers.ts';

let open: OpenTestRegisters;
const now = new Date('2026-11-24T02:00:00Z');
beforeEach(() => {
  open = openTestRegisters();
});
afterEach(() => open.close());

describe('lists', () => {
  it('put express first, then the latest, page by page without gap or repetition', () => {
    const records = Array.from({ length: 45 }, (_, at) =>
      outgoingRecord({
        fields: { ...plainFields, urgency: at % 10 === 0 ? 'express' : at % 10 === 1 ? 'express-timed' : 'normal' },
        // Some share their instant, so that only the id orders them.
        changedAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(at / 3))).toISOString(),
      }),
    );
    open.insert(...records);
    const ids: string[] = [];
    let after: ListPosition | null | undefined;
    while (after !== null) {
      const page = open.registers.outgoing.list({ box: 'drafts', after, limit: 7, now });
      expect(page.total).toBe(45);
      ids.push(...page.rows.map(({ id }) => id));
      after = page.next;
    }
    const byId = new Map(records.map((one) => [one.id, one]));
    const rank = (one: OutgoingRecord) => (one.fields.urgency.startsWith('express') ? 1 : 0);
    const expected = records.toSorted(
      (a, b) => rank(b) - rank(a) || b.changedAt.localeCompare(a.changedAt) || records.indexOf(b) - records.indexOf(a),
    );
    expect(ids.map((id) => byId.get(id)?.id)).toEqual(expected.map(({ id }) => id));
  });

  it('count what they show, box by box', () => {
    const due = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString();
    const base = incomingRecord();
    const withFields = (fields: object, change: object = {}) =>
      incomingRecord({ fields: { ...base.fields, ...fields }, ...change });
    const all = [
      withFields({}),
      withFields({ urgency: 'express' }),
      withFields({ dueAt: due(5) }),
      withFields({ dueAt: due(-5) }, { state: 'registered' }),
      withFields({ dueAt: due(200) }, { state: 'registered' }),
      withFields({ dueAt: due(-5) }, { state: 'done' }),
      withFields({}, { state: 'returned' }),
    ];
    open.tx((stores) => all.forEach((one) => stores.incoming.insert(one, [])));
    const counts = open.registers.incoming.counts(now);
    expect(counts).toEqual({
      'to-register': 3,
      express: 1,
      mine: 0,
      opinion: 0,
      'in-progress': 2,
      due: 1,
      overdue: 1,
      aside: 0,
      done: 2,
    });
    for (const box of incomingBoxes) {
      expect(open.registers.incoming.list({ box, limit: 50, now }).total).toBe(counts[box]);
    }
    const sent = (urgency: Urgency, hoursAgo: number, state: 'delivered' | 'arrived' = 'delivered') => {
      const record = outgoingRecord({ state: 'sent', fields: { ...plainFields, urgency } });
      const targets = ['A', 'B'].map((agencyCode) => ({ agencyCode, agencyName: agencyCode }));
      open.tx(({ outgoing }) => {
        outgoing.insert(record, targets);
        outgoing.advanceDelivery(record.id, 'A', { state, at: due(-hoursAgo), reason: null });
        outgoing.advanceDelivery(record.id, 'B', { state: 'arrived', at: due(-hoursAgo), reason: null });
      });
      return record.id;
    };
    sent('normal', 23);
    sent('express', 0.4);
    sent('normal', 25, 'arrived');
    const late = [sent('normal', 25), sent('express', 0.6), sent('urgent', 5)];
    const out = open.registers.outgoing.counts(now);
    expect(out).toMatchObject({ sent: 6, 'not-arrived': 3 });
    const notArrived = open.registers.outgoing.list({ box: 'not-arrived', limit: 9, now });
    expect(notArrived.rows.map(({ id }) => id).toSorted()).toEqual(late.toSorted());
    const paper = sent('normal', 1, 'arrived');
    const posted = sent('normal', 1, 'arrived');
    open.tx(({ outgoing }) => {
      for (const id of [paper, posted]) outgoing.setPaper(id, 'A', { paperNeeded: true });
      outgoing.setPaper(posted, 'A', { paperPostedOn: '2026-11-24', paperItem: '' });
    });
    const toPost = open.registers.outgoing.list({ box: 'paper-to-post', limit: 9, now });
    expect(toPost.rows.map(({ id }) => id)).toEqual([paper]);
    Object.assign(out, open.registers.outgoing.counts(now));
    expect(out).toMatchObject({ sent: 8, 'paper-to-post': 1 });
    for (const box of outgoingBoxes) {
      expect(open.registers.outgoing.list({ box, limit: 50, now }).total).toBe(out[box]);
    }
  });
});

describe('a list of years', () => {
  const types = ['Công văn', 'Báo cáo', 'Giấy mời'];
  const agencies = ['Ủy ban nhân dân xã Ea Súp', 'Sở Đất đai', 'Sở Nội vụ', 'Ban Dân tộc'];
  const signers = ['Đỗ Văn Ân', 'Trần Thị Hoa'];
  const base = incomingRecord();
  // So many that they are walked along an index, with one type, agency and signer of which there are few.
  const records = Array.from({ length: 4600 }, (_, at) =>
    incomingRecord({
      state: at % 50 === 0 ? 'returned' : 'done',
      arrivedAt: new Date(Date.UTC(2025, 0, 1) + Math.floor(at / 3) * 7_200_000).toISOString(),
      changedAt: new Date(Date.UTC(2026, 0, 1) + ((at * 7919) % 4600) * 60_000).toISOString(),
      fields: {
        ...base.fields,
        codeText: `${(at * 31) % 700}/${at % 2 === 0 ? 'SNV' : 'UBND-TH'}`,
        documentType: types[at % 40 === 0 ? 1 : at % 41 === 0 ? 2 : 0] ?? '',
        agencyName: agencies[at % 60 === 0 ? (at % 3) + 1 : 0] ?? '',
        signerName: signers[at % 70 === 0 ? 1 : 0] ?? '',
        urgency: at % 30 === 0 ? 'express' : 'normal',
        dueAt: at % 5 === 0 ? new Date(Date.UTC(2025, 1, 1) + (at % 900) * 3_600_000).toISOString() : null,
      },
    }),
  );
  const place = new Map(records.map((record, at) => [record.id, at]));
  const texts: Readonly<Record<Exclude<ListSort['by'], 'at'>, (one: IncomingRecord) => string>> = {
    code: ({ fields }) => codeOrder(comparableCode(fields.codeText)),
    agency: ({ fields }) => vietnameseOrder(fields.agencyName),
    signer: ({ fields }) => vietnameseOrder(fields.signerName),
    deadline: ({ fields }) => fields.dueAt ?? '~',
  };
  const byBytes = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

  /** What the list must say, by sorting everything. */
  function expected(filter: ListFilter, sort: ListSort | undefined): readonly string[] {
    const kept = records.filter(
      ({ fields, state, arrivedAt }) =>
        (filter.documentType ?? fields.documentType) === fields.documentType &&
        (filter.urgency ?? fields.urgency) === fields.urgency &&
        (filter.agency ?? fields.agencyName) === fields.agencyName &&
        (filter.signer ?? fields.signerName) === fields.signerName &&
        (filter.state ?? state) === state &&
        vietnamDay(Date.parse(arrivedAt)) >= (filter.from ?? '') &&
        vietnamDay(Date.parse(arrivedAt)) <= (filter.to ?? '9'),
    );
    const later = (one: IncomingRecord, other: IncomingRecord, at: 'arrivedAt' | 'changedAt') =>
      byBytes(other[at], one[at]) || (place.get(other.id) ?? 0) - (place.get(one.id) ?? 0);
    const sorted = kept.toSorted((one, other) => {
      if (sort === undefined) return later(one, other, 'changedAt');
      if (sort.by === 'at') return later(one, other, 'arrivedAt') * (sort.descending ? 1 : -1);
      const byText = byBytes(texts[sort.by](one), texts[sort.by](other)) * (sort.descending ? -1 : 1);
      return byText || later(one, other, 'arrivedAt') * (sort.descending ? -1 : 1);
    });
    return sorted.map(({ id }) => id);
  }

  it('is the same under any order and any filter as when everything is sorted, page by page', () => {
    open.tx((stores) => records.forEach((record) => stores.incoming.insert(record, [])));
    const sorts = [undefined, ...listSorts.flatMap((by) => [true, false].map((descending) => ({ by, descending })))];
    const filters: readonly ListFilter[] = [
      {},
      ...types.map((documentType) => ({ documentType })),
      ...agencies.slice(0, 2).map((agency) => ({ agency })),
      ...signers.map((signer) => ({ signer })),
      { urgency: 'normal' },
      { urgency: 'express' },
      { state: 'done' },
      { state: 'returned' },
      { from: '2025-02-03', to: '2025-02-20' },
      { from: '2025-01-02' },
      { documentType: 'Công văn', agency: agencies[0], to: '2025-04-30' },
      { documentType: 'Giấy mời', signer: signers[1] },
    ];
    for (const sort of sorts) {
      for (const filter of filters) {
        const ids: string[] = [];
        let after: ListPosition | null | undefined;
        // Enough pages to pass ties, express ones and the ends of small lists.
        for (let page = 0; page < 3 && after !== null; page += 1) {
          const answer = open.registers.incoming.list({ box: 'done', filter, sort, after, limit: 70, now });
          ids.push(...answer.rows.map(({ id }) => id));
          after = answer.next;
        }
        const all = expected(filter, sort);
        const label = JSON.stringify({ sort, filter });
        expect(
          ids.map((id) => place.get(id)),
          label,
        ).toEqual(all.slice(0, 210).map((id) => place.get(id)));
        expect(after === null, label).toBe(all.length <= 210);
      }
    }
    expect(open.registers.incoming.listValues(new Set())).toEqual({
      agencies: ['Sở Đất đai', 'Ủy ban nhân dân xã Ea Súp'].map((value) => ({
        value,
        label: value,
      })),
      signers,
    });
    const { total } = open.registers.incoming.list({ box: 'done', limit: 1, now });
    expect(total).toBe(records.length);
    const few = open.registers.incoming.list({ box: 'done', filter: { signer: signers[1] }, limit: 100, now });
    expect(few.total).toBe(few.rows.length);
  }, 120_000);
});

describe('a book of years', () => {
  it('is the same under any filter as when everything is looked through, page by page, from both ends', () => {
    const day = (at: number) => new Date(Date.UTC(2026, 0, 1) + Math.floor(at / 20) * 86_400_000).toISOString();
    const letters = Array.from({ length: 4300 }, (_, at) => {
      const state = at % 90 === 0 ? 'cancelled' : at % 77 === 0 ? 'numbered' : 'sent';
      return outgoingRecord({
        state,
        fields: {
          ...plainFields,
          documentType: at % 40 === 0 ? 'Báo cáo' : 'Công văn',
          urgency: at % 30 === 0 ? 'express' : 'normal',
          signerName: at % 70 === 0 ? 'Trần Thị Hoa' : 'Đỗ Văn Ân',
          // Some bear no day: their number's counts.
          date: at % 7 === 0 ? null : day(at).slice(0, 10),
        },
      });
    });
    const targets = (at: number) => ['H15.02', ...(at % 500 === 0 ? ['H15.03'] : [])];
    const by = { at: day(0), personId: FIRST_PERSON_ID };
    open.tx(({ outgoing, books }) => {
      for (const [at, record] of letters.entries()) {
        outgoing.insert(
          record,
          targets(at).map((agencyCode) => ({ agencyCode, agencyName: agencyCode })),
        );
        books.take({ ...givenNumber(record.id, at + 1), at: day(at) });
      }
      books.reserve('outgoing', 2026, 3, 'Phòng Nội chính', by);
      books.dropReserved({ bookId: 'outgoing', year: 2026, number: 4302, suffix: '' }, 'không dùng', by);
    });
    const isWanted = (at: number, filter: ListFilter): boolean => {
      const { fields, state } = letters[at] ?? outgoingRecord();
      const written = fields.date ?? vietnamDay(Date.parse(day(at)));
      const end = state === 'cancelled' ? 'cancelled' : 'in-force';
      return (
        (filter.documentType ?? fields.documentType) === fields.documentType &&
        (filter.urgency ?? fields.urgency) === fields.urgency &&
        (filter.signer ?? fields.signerName) === fields.signerName &&
        (filter.agency === undefined || targets(at).includes(filter.agency)) &&
        (filter.state ?? end) === end &&
        written >= (filter.from ?? '') &&
        written <= (filter.to ?? '9')
      );
    };
    const filters: readonly ListFilter[] = [
      { documentType: 'Công văn' },
      { documentType: 'Báo cáo' },
      { documentType: 'Giấy mời' },
      { urgency: 'express', documentType: 'Báo cáo' },
      { signer: 'Trần Thị Hoa' },
      { agency: 'H15.02' },
      { agency: 'H15.03' },
      { agency: 'H15.03', documentType: 'Công văn' },
      { state: 'cancelled' },
      { state: 'in-force', documentType: 'Báo cáo' },
      { from: '2026-02-03', to: '2026-02-20' },
      { documentType: 'Báo cáo', to: '2026-03-01' },
    ];
    for (const filter of filters) {
      for (const ascending of [true, false]) {
        const numbers: number[] = [];
        let after: { number: number; suffix: string } | null | undefined;
        for (let page = 0; page < 3 && after !== null; page += 1) {
          const request = { bookId: 'outgoing', year: 2026, ascending, filter, limit: 70 };
          const answer = open.registers.books.entries(after === undefined ? request : { ...request, after });
          numbers.push(...answer.entries.map(({ number }) => number));
          after = answer.next;
        }
        const all = letters.flatMap((_, at) => (isWanted(at, filter) ? [at + 1] : []));
        const label = JSON.stringify({ filter, ascending });
        expect(numbers, label).toEqual((ascending ? all : all.toReversed()).slice(0, 210));
        expect(after === null, label).toBe(all.length <= 210);
      }
    }
    const states = (state: string) =>
      open.registers.books
        .entries({ bookId: 'outgoing', year: 2026, ascending: true, filter: { state }, limit: 9 })
        .entries.map(({ number }) => number);
    expect([states('reserved'), states('void'), states('given')]).toEqual([[4301, 4303], [4302], []]);
  });
});

describe('query plans', () => {
  /** Remembers every statement that is prepared. */
  function recording(sqlite: Sqlite): { sqlite: Sqlite; statements: string[] } {
    const statements: string[] = [];
    const proxy = new Proxy(sqlite, {
      get: (target, key) => {
        if (key !== 'prepare') return Reflect.get(target, key) as unknown;
        return (sql: string) => {
          statements.push(sql);
          return target.prepare(sql);
        };
      },
    });
    return { sqlite: proxy, statements };
  }

  it('lists, counts, records, books and the outbox search by an index and scan no table', () => {
    const { sqlite, statements } = recording(open.database.sqlite);
    const { registers } = registersOn({ ...open.database, sqlite }, noLog);
    const { incoming, outgoing } = registers;
    for (const box of outgoingBoxes)
      for (const text of [undefined, 'dak lak', '41/VPU']) outgoing.list({ box, text, limit: 5, now });
    for (const box of incomingBoxes)
      for (const text of [undefined, '41/VPU']) incoming.list({ box, text, limit: 5, now });
    incoming.counts(now);
    outgoing.counts(now);
    registers.search.find('41/VPU', 5, new Set(['x']));
    // Small by nature, or read whole on purpose: books, agencies, people, keys and reports of one office.
    const small =
      /FROM (feedback|book|book_type|book_year|agency|agency_group|recipient_list|recipient_list_member|notation_template|certificate|inbox_problem|person|unit|delegation|register|limited_document|unflushed_file)\b/;
    const selects = statements.filter((sql) => /^\s*(SELECT|WITH page)\b/.test(sql) && !small.test(sql));
    expect(selects.length).toBeGreaterThan(40);
    for (const sql of selects) {
      // Every parameter gets a null: plans do not depend on values.
      const plain = sql.replaceAll(/[@:]\w+|\?/g, 'NULL');
      const plan = open.database.sqlite.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${plain}`).all();
      for (const { detail } of plan) {
        const scan =
          /^SCAN (?!CONSTANT|p\b|page\b|f\b|(search_(words|code)|json_each) VIRTUAL|\()/.test(detail) &&
          !/USING (COVERING )?INDEX/.test(detail);
        expect(scan ? `${detail} in ${sql}` : '').toBe('');
      }
    }
  });

  it('the boxes of daily work are read in their order, without sorting', () => {
    const { sqlite, statements } = recording(open.database.sqlite);
    const { incoming, outgoing } = registersOn({ ...open.database, sqlite }, noLog).registers;
    statements.length = 0;
    for (const box of ['to-register', 'in-progress', 'done'] as const) incoming.list({ box, limit: 5, now });
    for (const box of ['drafts', 'sent'] as const) outgoing.list({ box, limit: 5, now });
    for (const sql of statements.filter((one) => one.includes('ORDER BY'))) {
      const plan = open.database.sqlite
        .prepare<[], { id: number; parent: number; detail: string }>(
          `EXPLAIN QUERY PLAN ${sql.replaceAll(/@\w+|\?/g, 'NULL')}`,
        )
        .all();
      // The page is found in its order; only its own rows are put into that order once more.
      const page = plan.find(({ detail }) => detail === 'MATERIALIZE page');
      const found = plan.filter(({ parent }) => parent === page?.id);
      expect(found.map(({ detail }) => detail).join('\n')).not.toContain('TEMP B-TREE FOR ORDER BY');
      expect(found[0]?.detail).toMatch(/USING (COVERING )?INDEX (incoming_box|incoming_changed|outgoing_box|sent_at)/);
    }
  });
});
