import type { TrailFilter } from '#shared/contract/audit.ts';
import { describeDetails, nameAct, nameDoer, nameSignedIn } from '#shared/messages/act-words.ts';
import { acts } from '#shared/messages/acts.vi.ts';
import type { Sheet } from '../ports/office-files.ts';
import { trailRow, veilTrailRow } from './trail-row.ts';
import type { TrailRecord } from './trail-store.ts';

/** A workbook is made whole, in memory. */
export const MOST_SHEET_ROWS = 100_000;

/** What is read for one step of an export. */
export const EXPORT_PAGE = 500;

interface Told {
  readonly names: ReadonlyMap<string, string>;
  readonly hidden: ReadonlySet<string>;
}

/** The trail to read, sort and filter, in the words of the office. */
export function trailSheet(rows: Sheet['rows']): Sheet {
  const { sheet } = acts;
  return {
    name: sheet.name,
    columns: [
      { title: sheet.seq, kind: 'whole', width: 9 },
      { title: sheet.at, kind: 'second', width: 21 },
      { title: sheet.who, kind: 'text', width: 28 },
      { title: sheet.signedIn, kind: 'text', width: 18 },
      { title: sheet.act, kind: 'text', width: 34 },
      { title: sheet.document, kind: 'text', width: 20 },
      { title: sheet.details, kind: 'text', width: 60 },
      { title: sheet.hash, kind: 'text', width: 68 },
    ],
    rows,
  };
}

export function trailSheetRow(record: TrailRecord, { names, hidden }: Told): Sheet['rows'][number] {
  const row = veilTrailRow(trailRow(record, names), hidden);
  return [
    row.seq,
    Date.parse(row.at),
    nameDoer(acts, row.actor),
    nameSignedIn(acts, row.actor),
    nameAct(acts, row.action, row.direction),
    row.hidden ? acts.hidden : (row.document?.codeText ?? ''),
    describeDetails(acts, row.params),
    record.hash,
  ];
}

/**
 * The trail as JSON with all that its verification needs, in pieces: one row on each line. Of a row about a document that is hidden from
 * whoever exports it, `withheld` stands in the place of `row`: it keeps its place in the chain.
 */
export function* trailJson(
  pages: Iterable<readonly TrailRecord[]>,
  head: {
    readonly register: string;
    readonly madeAt: string;
    readonly filter: TrailFilter;
    readonly hidden: ReadonlySet<string>;
  },
): Generator<string> {
  const { hidden, ...said } = head;
  const about = { format: 'vanthu-audit', version: 1, ...said };
  yield `${JSON.stringify(about).slice(0, -1)},"rows":[`;
  let before = '\n';
  for (const page of pages) {
    const lines = page.map(({ row, previous, hash, document }) => {
      const { seq, at, epoch, actorKind, actorId, actorName, action } = row;
      const isHidden = document !== null && hidden.has(document.id);
      const told = isHidden ? { withheld: { seq, at, epoch, actorKind, actorId, actorName, action } } : { row };
      return JSON.stringify({ seq, previous, hash, ...told });
    });
    yield before + lines.join(',\n');
    before = ',\n';
  }
  yield '\n]}\n';
}
