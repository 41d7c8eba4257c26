import { urgencyOf, type KeptPolicies, watchedDocument } from '#exchange/rules/watched-document.ts';
import type { Database } from '#exchange/storage/database.ts';
import type { EdxmlDocumentRouting } from '#shared/edxml/read-edxml.ts';

/** Has the exchange's database take a document at an instant of a clock that is moved by hand; one that is known is passed over. */
export async function acceptAt(
  database: Pick<Database, 'transaction'>,
  policies: KeptPolicies,
  id: string,
  routing: EdxmlDocumentRouting,
  at: Date,
): Promise<void> {
  const { from: senderCode, documentId } = routing;
  await database.transaction(async ({ acceptance }) => {
    const taken = await acceptance.takeNumbers(id, senderCode, routing.to);
    if (taken.isKnown) return;
    const recipients = [...taken.numbers].map(([organId, seq]) => ({ organId, outcome: 'accepted' as const, seq }));
    const sha256 = id.replaceAll('-', '').repeat(2);
    const receipt = { messageId: id, sha256, acceptedAt: at.toISOString(), recipients, proof: 'none' };
    const document = watchedDocument(routing, at, policies);
    const message = { id, senderCode, kind: 'document' as const, documentId, urgency: urgencyOf(routing) };
    await acceptance.keep({ ...message, file: { sha256, size: 1 }, document }, receipt, { ...taken, at });
  });
}
