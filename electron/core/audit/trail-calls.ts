import type { TrailFilter } from '#shared/contract/audit.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Sight } from '../access/sight.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { storeFile } from '../documents/stored-file.ts';
import type { Sheet } from '../ports/office-files.ts';
import { pausing } from './pausing.ts';
import { createTrailChecker, lastTrailCheck, TRAIL_CHECK } from './trail-check.ts';
import { EXPORT_PAGE, MOST_SHEET_ROWS, trailJson, trailSheet, trailSheetRow } from './trail-files.ts';
import { trailPages, trailQuery } from './trail-query.ts';
import { namesOf, trailRow } from './trail-row.ts';
import type { TrailRecord } from './trail-store.ts';

type TrailCalls = Pick<CoreHandlers, 'audit.state' | 'audit.list' | 'audit.verify' | 'audit.export'>;

/** The audit trail, to read, to check and to take out. */
export function trailCalls(ctx: CoreContext, sight: Sight): TrailCalls {
  const { registers } = ctx;
  const checker = createTrailChecker(ctx);

  const pagesOf = (filter: TrailFilter, upTo: number | null) =>
    trailPages(registers.audit, { ...trailQuery(registers.audit, filter, sight.hidden()), upTo }, EXPORT_PAGE);

  /** @throws CodedError AUDIT_TOO_LONG */
  async function workbook(pages: Iterable<readonly TrailRecord[]>): Promise<Sheet> {
    const told = { names: namesOf(registers.people), hidden: sight.hidden() };
    const rows: Sheet['rows'][number][] = [];
    const pause = pausing(ctx);
    for (const page of pages) {
      if (rows.length + page.length > MOST_SHEET_ROWS)
        throw new CodedError('AUDIT_TOO_LONG', { most: MOST_SHEET_ROWS });
      rows.push(...page.map((record) => trailSheetRow(record, told)));
      await pause();
    }
    return trailSheet(rows);
  }

  return {
    'audit.state': () => {
      const kept = lastTrailCheck(registers.settings);
      return {
        last: registers.audit.head()?.seq ?? 0,
        check: kept === null ? null : { at: kept.at, rows: kept.rows, fault: kept.fault },
        running: checker.running(),
      };
    },
    'audit.list': ({ filter, upTo, after, limit }) => {
      const asked = trailQuery(registers.audit, filter, sight.hidden());
      const found = registers.audit.page({
        ...asked,
        upTo: upTo ?? null,
        newestFirst: true,
        after: after ?? null,
        limit: limit + 1,
      });
      const records = found.slice(0, limit);
      const last = found.length > limit ? records.at(-1) : undefined;
      const names = namesOf(registers.people);
      return {
        rows: records.map((record) => trailRow(record, names)),
        next: last === undefined ? null : { at: last.row.at, seq: last.row.seq },
      };
    },
    'audit.verify': async (_input, _caller, transact) => {
      const { told, kept } = await checker.check();
      return transact(({ stores }) => {
        stores.settings.set(TRAIL_CHECK, kept);
        return told;
      });
    },
    'audit.export': async ({ format, filter, upTo }, _caller, transact) => {
      const pages = pagesOf(filter, upTo ?? registers.audit.head()?.seq ?? null);
      const stamp = vietnamTimestamp(ctx.clock.now().getTime()).slice(0, 16).replace('T', ' ').replace(':', '.');
      const name = `Nhật ký hệ thống ${stamp}.${format}`;
      if (format === 'xlsx') {
        const sheet = await workbook(pages);
        const file = await storeFile(ctx, await ctx.officeFiles.workbook([sheet]), name);
        return transact(() => ({ file, rows: sheet.rows.length }));
      }
      let rows = 0;
      const counted = function* () {
        for (const page of pages) {
          rows += page.length;
          yield page;
        }
      };
      const head = { register: registers.office.register().id, madeAt: ctx.clock.now().toISOString(), filter };
      const pause = pausing(ctx);
      const pieces = async function* () {
        const encoder = new TextEncoder();
        for (const piece of trailJson(counted(), { ...head, hidden: sight.hidden() })) {
          yield encoder.encode(piece);
          await pause();
        }
      };
      const { fileId, size } = await ctx.files.writePieces(pieces());
      return transact(() => ({ file: { fileId, name, size, pageCount: null }, rows }));
    },
  };
}
