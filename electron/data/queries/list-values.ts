import type { ListValue, ListValues } from '#core/documents/list-request.ts';
import type { Direction } from '#shared/domain/direction.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { indexPrefix, staying } from './list-filters.ts';
import { preparedOnce } from './prepared.ts';

const MOST_VALUES = 2_000;

/** What lists can be filtered by: the values of those documents that stay, in the order of the alphabet. */
export function listValues(sqlite: Sqlite, direction: Direction): (hidden: ReadonlySet<string>) => ListValues {
  const prepared = preparedOnce(sqlite);
  const distinct = (columns: string, order: string, from: string): (() => ListValue[]) => {
    const next = sqlite.prepare<[string], ListValue & { readonly place: string }>(
      `SELECT ${columns}, ${order} AS place FROM ${from} AND ${order} > ? ORDER BY ${order} LIMIT 1`,
    );
    // From one value to the next by the index, however many documents have it.
    return () => {
      const values: ListValue[] = [];
      for (let row = next.get(''); row !== undefined && values.length < MOST_VALUES; row = next.get(row.place)) {
        if (row.label !== '') values.push({ value: row.value, label: row.label });
      }
      return values;
    };
  };
  const prefix = indexPrefix(direction);
  const ofDocuments = (column: string, name: string) =>
    distinct(
      `d.${column}_name AS value, d.${column}_name AS label`,
      `d.${column}_order`,
      `document d INDEXED BY ${prefix}_${name} WHERE ${staying(direction)}`,
    );
  const signers = ofDocuments('signer', 'signer');
  const agencies =
    direction === 'incoming'
      ? ofDocuments('agency', 'agency')
      : distinct(
          'x.agency_code AS value, x.agency_name AS label',
          'x.agency_code',
          'delivery x INDEXED BY delivery_recipient WHERE true',
        );

  /** A value that hidden documents alone have is none: those that anybody may see are looked for one by one, as there are few to look for. */
  const without = (
    values: readonly ListValue[],
    hidden: ReadonlySet<string>,
    { hiddens, another }: { readonly hiddens: string; readonly another: string },
  ): ListValue[] => {
    if (hidden.size === 0) return [...values];
    const ids = { hidden: JSON.stringify([...hidden]) };
    const suspects = new Set((prepared(hiddens).all(ids) as { value: string }[]).map(({ value }) => value));
    const isHidden = (value: string) => prepared(another).get({ ...ids, value }) === undefined;
    return values.filter(({ value }) => !suspects.has(value) || !isHidden(value));
  };
  const among = 'IN (SELECT value FROM json_each(@hidden))';
  const ofColumn = (column: string, index: string) => ({
    hiddens: `SELECT DISTINCT d.${column}_name AS value FROM document d WHERE d.id ${among}`,
    another: `SELECT 1 FROM document d INDEXED BY ${prefix}_${index} WHERE ${staying(direction)}
      AND d.${column}_order = (SELECT o.${column}_order FROM document o WHERE o.id ${among} AND o.${column}_name = @value LIMIT 1)
      AND d.id NOT ${among} LIMIT 1`,
  });
  const ofRecipients = {
    hiddens: `SELECT DISTINCT x.agency_code AS value FROM delivery x WHERE x.document_id ${among}`,
    another: `SELECT 1 FROM delivery x INDEXED BY delivery_recipient WHERE x.agency_code = @value AND x.document_id NOT ${among} LIMIT 1`,
  };

  return (hidden) => ({
    agencies: without(agencies(), hidden, direction === 'incoming' ? ofColumn('agency', 'agency') : ofRecipients),
    signers: without(signers(), hidden, ofColumn('signer', 'signer')).map(({ value }) => value),
  });
}
