import type { CertificateRecord, CertificateWrites } from '#core/certificates/certificate-store.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { FileReferences } from './files.ts';

type Row = Omit<CertificateRecord, 'chain'>;

export function certificateQueries(sqlite: Sqlite, references: FileReferences): CertificateWrites {
  const columns = `id, role, path, file_name AS fileName, subject, organisation, issuer, serial, not_before AS notBefore,
    not_after AS notAfter, image_file_id AS imageFileId`;
  const list = sqlite.prepare<[], Row>(`SELECT ${columns} FROM certificate ORDER BY role, subject`);
  const find = sqlite.prepare<[string], Row>(`SELECT ${columns} FROM certificate WHERE id = ?`);
  const chainOf = sqlite
    .prepare<[string], Buffer>('SELECT der FROM certificate_chain WHERE certificate_id = ? ORDER BY position')
    .pluck();
  const insert = sqlite.prepare(
    `INSERT INTO certificate (id, role, path, file_name, subject, organisation, issuer, serial, not_before, not_after,
       image_file_id)
     VALUES (@id, @role, @path, @fileName, @subject, @organisation, @issuer, @serial, @notBefore, @notAfter,
       @imageFileId)`,
  );
  const addToChain = sqlite.prepare('INSERT INTO certificate_chain VALUES (?, ?, ?)');
  const remove = sqlite.prepare('DELETE FROM certificate WHERE id = ?');
  const toRecord = (row: Row): CertificateRecord => ({
    ...row,
    chain: chainOf.all(row.id).map((der) => new Uint8Array(der)),
  });
  return {
    list: () => list.all().map(toRecord),
    find: (id) => {
      const row = find.get(id);
      return row === undefined ? null : toRecord(row);
    },
    insert: ({ chain, ...row }) => {
      insert.run(row);
      for (const [at, der] of chain.entries()) addToChain.run(row.id, at, Buffer.from(der));
      references.replace('certificate-image', row.id, [row.imageFileId]);
    },
    remove: (id) => {
      references.replace('certificate-image', id, []);
      return remove.run(id).changes === 1;
    },
  };
}
