import type { Direction } from '#shared/domain/direction.ts';
import type { ListFilter } from '#shared/domain/list-request.ts';
import { vietnameseOrder } from '#shared/domain/vietnamese-order.ts';
import { addDays, vietnamInstant } from '#shared/domain/vn-date.ts';

export type Parameters = Readonly<Record<string, string | number>>;

/** A condition of a list on `document d`. */
export interface Filter {
  readonly sql: string;
  /** The same, and no reason to take an index for it: for documents that something else finds. */
  readonly check: string;
  readonly parameters: Parameters;
  /** Index that finds the documents that stay; null where another table does. */
  readonly index: string | null;
  /** Whether the index has them in the order of time. */
  readonly sorted: boolean;
  /** Selects the `seq` of all that it leaves, or of those that stay; null where nothing finds them. */
  readonly rows: string | null;
}

/** More than these are not sorted for one page. */
export const FEW = 4_000;

/** The documents that indexes keep in every order: those that stay. The others are few. */
export function staying(direction: Direction): string {
  return direction === 'incoming'
    ? `d.direction = 'incoming' AND d.state <> 'arrived'`
    : `d.direction = 'outgoing' AND d.state = 'sent'`;
}

export const indexPrefix = (direction: Direction): string => (direction === 'incoming' ? 'incoming' : 'sent');

export function filtersOf(
  direction: Direction,
  { documentType, urgency, state, source, agency, signer, from, to }: ListFilter,
  at: 'arrived_at' | 'changed_at',
): Filter[] {
  const prefix = indexPrefix(direction);
  const filters: Filter[] = [];
  const equal = (column: string, name: string, index: string, value: string): void => {
    const parameters = { [name]: value };
    filters.push(byIndex([`d.${column} = @${name}`], parameters, `${prefix}_${index}`, direction));
  };
  if (signer !== undefined) equal('signer_order', 'signer', 'signer', vietnameseOrder(signer));
  if (source !== undefined && direction === 'incoming') equal('source', 'source', 'source', source);
  if (agency !== undefined && direction === 'incoming') {
    equal('agency_order', 'agency', 'agency', vietnameseOrder(agency));
  }
  if (agency !== undefined && direction === 'outgoing') {
    const sql = `EXISTS (SELECT 1 FROM delivery x WHERE x.document_id = d.id AND x.agency_code = @agency)`;
    const rows =
      'SELECT x.document_seq AS seq FROM delivery x INDEXED BY delivery_recipient WHERE x.agency_code = @agency';
    filters.push({ sql, check: sql, parameters: { agency }, index: null, sorted: false, rows });
  }
  if (documentType !== undefined) equal('document_type', 'documentType', 'type', documentType);
  if (urgency !== undefined) equal('urgency', 'urgency', 'urgency', urgency);
  if (from !== undefined || to !== undefined) {
    const parts = [
      ...(from === undefined ? [] : [`d.${at} >= @from`]),
      ...(to === undefined ? [] : [`d.${at} < @before`]),
    ];
    const parameters = {
      ...(from === undefined ? {} : { from: startOfDay(from) }),
      ...(to === undefined ? {} : { before: startOfDay(addDays(to, 1)) }),
    };
    filters.push(byIndex(parts, parameters, `${prefix}_at`, direction));
  }
  if (state !== undefined) {
    const sql = 'd.state = @state';
    filters.push({ sql, check: `+${sql}`, parameters: { state }, index: null, sorted: false, rows: null });
  }
  return filters;
}

function byIndex(parts: readonly string[], parameters: Parameters, index: string, direction: Direction): Filter {
  const sql = parts.join(' AND ');
  return {
    sql,
    check: parts.map((part) => `+${part}`).join(' AND '),
    parameters,
    index,
    sorted: true,
    rows: `SELECT d.seq FROM document d INDEXED BY ${index} WHERE ${staying(direction)} AND ${sql}`,
  };
}

const startOfDay = (day: string): string => new Date(vietnamInstant(day, '00:00')).toISOString();

export function textFilter({
  sql,
  parameters,
}: {
  readonly sql: string;
  readonly parameters: readonly string[];
}): Filter {
  const names = parameters.map((_, at) => `text${at}`);
  let at = 0;
  const named = sql.replaceAll('?', () => `@${names[at++] ?? ''}`);
  return {
    sql: `d.seq ${named}`,
    check: `+d.seq ${named}`,
    rows: `SELECT d.seq FROM document d WHERE d.seq ${named}`,
    parameters: Object.fromEntries(parameters.map((value, index) => [`text${index}`, value])),
    index: null,
    sorted: false,
  };
}
