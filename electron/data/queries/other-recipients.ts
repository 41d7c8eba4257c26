import type { PostedPaper, PostedResult } from '#core/outgoing/outgoing-store.ts';
import type { OtherRecipient, OtherTarget } from '#shared/domain/other-recipient.ts';
import type { Sqlite } from '../connection/sqlite.ts';

export interface OtherRecipients {
  of(documentId: string): OtherRecipient[];
  set(documentId: string, targets: readonly OtherTarget[]): void;
  setPosted(documentId: string, name: string, posted: PostedPaper): boolean;
  setResult(documentId: string, name: string, said: PostedResult): boolean;
}

const notPosted = { postedOn: null, item: '', copies: 1, way: null, result: null, resultOn: null, resultNote: '' };

export function otherRecipientQueries(sqlite: Sqlite): OtherRecipients {
  const of = sqlite.prepare<[string], OtherRecipient>(
    `SELECT kind, name, posted_on AS postedOn, item, copies, way, result, result_on AS resultOn, result_note AS resultNote
     FROM other_recipient WHERE document_id = ? ORDER BY kind, position`,
  );
  const drop = sqlite.prepare('DELETE FROM other_recipient WHERE document_id = ?');
  const add = sqlite.prepare(
    `INSERT INTO other_recipient (document_id, kind, name, position, posted_on, item, copies, way, result, result_on, result_note)
     VALUES (@documentId, @kind, @name, @position, @postedOn, @item, @copies, @way, @result, @resultOn, @resultNote)`,
  );
  const setPosted = sqlite.prepare(
    `UPDATE other_recipient SET posted_on = @day, item = @item, copies = @copies, way = @way,
       result = NULL, result_on = NULL, result_note = ''
     WHERE document_id = @documentId AND kind = 'paper' AND name = @name`,
  );
  const setResult = sqlite.prepare(
    `UPDATE other_recipient SET result = @result, result_on = @day, result_note = @note
     WHERE document_id = @documentId AND kind = 'paper' AND name = @name AND posted_on IS NOT NULL`,
  );
  return {
    of: (documentId) => of.all(documentId),
    set: (documentId, targets) => {
      const before = of.all(documentId);
      drop.run(documentId);
      targets.forEach(({ kind, name }, position) => {
        const known = before.find((each) => each.kind === kind && each.name === name);
        add.run({ ...notPosted, ...known, documentId, kind, name, position });
      });
    },
    setResult: (documentId, name, said) => setResult.run({ documentId, name, ...said }).changes === 1,
    setPosted: (documentId, name, posted) => setPosted.run({ documentId, name, ...posted }).changes === 1,
  };
}
