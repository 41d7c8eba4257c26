import type { CertificateRecord, WriteStores } from '#core/ports/stores.ts';
import type { Sqlite } from '../connection/open-database.ts';

type Row = Omit<CertificateRecord, 'chain'> & { chain: string };

export function certificateQueries(sqlite: Sqlite): WriteStores['certificates'] {
  const columns = `id, role, path, file_name AS fileName, subject, organisation, issuer, serial, not_before AS notBefore,
    not_after AS notAfter, chain, image_file_id AS imageFileId`;
  const list = sqlite.prepare<[], Row>(`SELECT ${columns} FROM certificate ORDER BY role, subject`);
  const find = sqlite.prepare<[string], Row>(`SELECT ${columns} FROM certificate WHERE id = ?`);
  const insert = sqlite.prepare(
    `INSERT INTO certificate (id, role, path, file_name, subject, organisation, issuer, serial, not_before, not_after,
       chain, image_file_id)
     VALUES (@id, @role, @path, @fileName, @subject, @organisation, @issuer, @serial, @notBefore, @notAfter, @chain,
       @imageFileId)`,
  );
  const remove = sqlite.prepare('DELETE FROM certificate WHERE id = ?');
  return {
    list: () => list.all().map(toRecord),
    find: (id) => {
      const row = find.get(id);
      return row === undefined ? null : toRecord(row);
    },
    insert: (record) =>
      void insert.run({
        ...record,
        chain: JSON.stringify(record.chain.map((der) => Buffer.from(der).toString('base64'))),
      }),
    remove: (id) => remove.run(id).changes === 1,
  };
}

function toRecord(row: Row): CertificateRecord {
  const chain = (JSON.parse(row.chain) as string[]).map((text) => new Uint8Array(Buffer.from(text, 'base64')));
  return { ...row, chain };
}
