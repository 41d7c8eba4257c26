import type { PostedPaper } from '#core/outgoing/outgoing-store.ts';
import type { OtherRecipient, OtherTarget } from '#shared/domain/other-recipient.ts';
import type { Sqlite } from '../connection/sqlite.ts';

export interface OtherRecipients {
  of(documentId: string): OtherRecipient[];
  set(documentId: string, targets: readonly OtherTarget[]): void;
  setPosted(documentId: string, name: string, posted: PostedPaper): boolean;
}

export function otherRecipientQueries(sqlite: Sqlite): OtherRecipients {
  const of = sqlite.prepare<[string], OtherRecipient>(
    `SELECT kind, name, posted_on AS postedOn, item, copies FROM other_recipient
     WHERE document_id = ? ORDER BY kind, position`,
  );
  const drop = sqlite.prepare('DELETE FROM other_recipient WHERE document_id = ?');
  const add = sqlite.prepare(
    `INSERT INTO other_recipient (document_id, kind, name, position, posted_on, item, copies)
     VALUES (@documentId, @kind, @name, @position, @postedOn, @item, @copies)`,
  );
  const setPosted = sqlite.prepare(
    `UPDATE other_recipient SET posted_on = @day, item = @item, copies = @copies
     WHERE document_id = @documentId AND kind = 'paper' AND name = @name`,
  );
  return {
    of: (documentId) => of.all(documentId),
    set: (documentId, targets) => {
      const before = of.all(documentId);
      drop.run(documentId);
      targets.forEach(({ kind, name }, position) => {
        const known = before.find((each) => each.kind === kind && each.name === name);
        add.run({ postedOn: null, item: '', copies: 1, ...known, documentId, kind, name, position });
      });
    },
    setPosted: (documentId, name, posted) => setPosted.run({ documentId, name, ...posted }).changes === 1,
  };
}
