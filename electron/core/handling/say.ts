import type { RemarkKind } from '#shared/domain/handling.ts';
import type { Caller } from '#shared/domain/roles.ts';
import { normalizeText } from '#shared/domain/vietnamese-text.ts';
import type { Transaction } from '../dispatch/transaction.ts';

/** Adds to the thread, in the words of the speaker, who may be another than the one that writes. */
export function say(
  { stores, at }: Transaction,
  documentId: string,
  caller: Caller,
  kind: RemarkKind,
  text: string,
  speakerId = caller.personId,
): void {
  const speaker = stores.handling.assignee('person', speakerId);
  stores.handling.say(documentId, {
    kind,
    voice: stores.handling.voiceOf(speakerId),
    speakerId,
    speakerName: speaker?.name ?? (speakerId === caller.personId ? caller.name : ''),
    speakerTitle: speaker?.title ?? '',
    writerId: caller.personId,
    writerName: caller.name,
    text: normalizeText(text),
    at,
  });
}
