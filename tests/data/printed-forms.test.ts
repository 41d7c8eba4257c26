import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IncomingRecord } from '#core/incoming/incoming-store.ts';
import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';
import { incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';
import { openTestRegisters, type OpenTestRegisters } from '#tests/support/office-registers.ts';

let open: OpenTestRegisters;
beforeEach(() => {
  open = openTestRegisters();
});
afterEach(() => open.close());

const finished = '2026-11-10T02:00:00.000Z';
const later = '2026-11-20T02:00:00.000Z';

function inTheBook(change: Partial<IncomingRecord>): IncomingRecord {
  const record = incomingRecord({ state: 'done', changedAt: later, ...change });
  open.insertArrival(record, 1);
  return record;
}

function followed() {
  const [document] = open.registers.printedForms.followed('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z');
  return document;
}

const unsaid = { kind: 'unsaid', answerId: null, codeText: null, date: null, reason: null } as const;
function handled(documentId: string, change: { outcome?: object } = {}): void {
  open.tx((stores) =>
    stores.handling.put({
      documentId,
      stage: 'finished',
      askedLeader: null,
      askedAt: null,
      directed: false,
      started: false,
      finishedAt: finished,
      outcome: { ...unsaid, ...change.outcome },
    }),
  );
}

describe('the day on which a followed document was finished', () => {
  it('is that of its handling, whatever was changed in it since', () => {
    handled(inTheBook({}).id);
    expect(followed()?.finishedAt).toBe(finished);
  });

  it('is that of its history where the register did not keep the handling yet', () => {
    const { id } = inTheBook({});
    open.tx((stores) =>
      stores.history.add(id, {
        at: finished,
        actor: { kind: 'person', id: FIRST_PERSON_ID, name: '' },
        action: 'completed',
        params: {},
      }),
    );
    expect(followed()?.finishedAt).toBe(finished);
  });

  it('is that of its last change where not even that is known', () => {
    inTheBook({});
    expect(followed()?.finishedAt).toBe(later);
  });
});

describe('what answers a followed document', () => {
  it('is the letter as it is numbered now', () => {
    const letter = outgoingRecord({ state: 'sent', codeText: '78/VPUBND-TH' });
    open.insert(letter);
    handled(inTheBook({}).id, { outcome: { kind: 'letter', answerId: letter.id, codeText: '77/VPUBND-TH' } });
    expect(followed()?.answers).toBe('78/VPUBND-TH');
  });

  it('is each letter that says so itself, once, and no draft', () => {
    const letter = outgoingRecord({ state: 'sent', codeText: '78/VPUBND-TH' });
    const second = outgoingRecord({ state: 'sent', codeText: '80/VPUBND-TH' });
    const draft = outgoingRecord({ state: 'draft', codeText: '/VPUBND-TH' });
    open.insert(letter, second, draft);
    const { id } = inTheBook({});
    handled(id, { outcome: { kind: 'letter', answerId: letter.id, codeText: letter.codeText } });
    const said = { kind: 'answers', passive: false, agencyName: '', source: 'person' } as const;
    for (const each of [letter, second, draft]) {
      const relation = {
        ...said,
        id: randomUUID(),
        documentId: each.id,
        codeText: '12/SNV-VP',
        date: null,
        otherId: id,
      };
      open.tx((stores) => stores.relations.add(relation));
    }
    expect(followed()?.answers).toBe('78/VPUBND-TH; 80/VPUBND-TH');
  });
});
