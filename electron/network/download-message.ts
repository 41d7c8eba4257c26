import type { ExchangeOutcome, InboxItem, MessageSink } from '#core/ports/exchange.ts';
import {
  contentRange,
  getMessage,
  MESSAGE_CONTENT_TYPE,
  messageEtag,
  WANT_CONTENT_DIGEST,
} from '#shared/wire/messages.ts';
import { brokenLink, type Failure, readFailure } from './http-outcome.ts';
import type { Send } from './send-request.ts';

type Wanted = Pick<InboxItem, 'messageId' | 'size' | 'sha256'>;

/** A download that moves may take any time; one that stands still this long is a broken link. */
const STALL_MS = 30_000;
/** Slowest line that one attempt is given time for, in bytes per millisecond; the next attempt goes on where it ended. */
const SLOWEST_DOWNLOAD = 2;

/**
 * Brings a message into the sink. A cut link is taken up again at once as long as each attempt brings something; the
 * status code proves nothing, only size and SHA-256 do.
 */
export async function downloadMessage(
  send: Send,
  item: Wanted,
  sink: MessageSink,
  signal: AbortSignal | undefined,
): Promise<ExchangeOutcome<{ readonly size: number; readonly sha256: string }>> {
  if ((await sink.size()) > item.size) await sink.reset();
  // Bytes with another hash were changed on the way, or are damaged there: the second time the exchange looks itself.
  let doubted = false;
  for (;;) {
    const before = await sink.size();
    if (before === item.size) {
      const outcome = await confirm(item, sink);
      if (outcome.kind === 'ok' || doubted) return outcome;
      doubted = true;
      continue;
    }
    const failure = await fetchRest(send, item, sink, { offset: before, doubted }, signal);
    const after = await sink.size();
    if (after > item.size) {
      await sink.reset();
      return { kind: 'garbage', detail: 'more bytes than the message has' };
    }
    if (after === item.size) continue;
    const progressed = after > before;
    if (failure && (failure.kind !== 'offline' || !progressed)) return failure;
    if (!failure && !progressed) return { kind: 'garbage', detail: 'an empty answer' };
  }
}

async function confirm(
  item: Wanted,
  sink: MessageSink,
): Promise<ExchangeOutcome<{ readonly size: number; readonly sha256: string }>> {
  if ((await sink.sha256()) === item.sha256) return { kind: 'ok', value: { size: item.size, sha256: item.sha256 } };
  await sink.reset();
  return { kind: 'garbage', detail: 'bytes with another SHA-256' };
}

/** One request for what is missing. null = the answer ended without an error, which may still be too early. */
async function fetchRest(
  send: Send,
  item: Wanted,
  sink: MessageSink,
  { offset, doubted }: { readonly offset: number; readonly doubted: boolean },
  signal: AbortSignal | undefined,
): Promise<Failure | null> {
  const stall = new AbortController();
  const response = await send(
    getMessage,
    { params: { id: item.messageId } },
    {
      headers: {
        ...(offset > 0 ? { range: `bytes=${offset}-`, 'if-range': messageEtag(item.sha256) } : {}),
        ...(doubted ? { [WANT_CONTENT_DIGEST]: 'sha-256=1' } : {}),
      },
      signal: signal ? AbortSignal.any([signal, stall.signal]) : stall.signal,
      timeoutMs: STALL_MS + (item.size - offset) / SLOWEST_DOWNLOAD,
    },
  );
  if (!(response instanceof Response)) return signal?.aborted ? { kind: 'aborted' } : response;
  if (!response.ok) return readFailure(response, signal);
  if (!isMessage(response, item, offset)) {
    stall.abort();
    return { kind: 'garbage', detail: `status ${response.status} with something else than the message` };
  }
  if (response.status === 200 && offset > 0) await sink.reset();
  try {
    await pour(response, sink, item.size, stall);
    return null;
  } catch (error) {
    return brokenLink(error, signal);
  }
}

/** Looked at before anything is written: a login page must not end up inside a file. */
function isMessage(response: Response, item: Wanted, offset: number): boolean {
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith(MESSAGE_CONTENT_TYPE) || response.headers.get('etag') !== messageEtag(item.sha256)) return false;
  if (response.status === 200) return true;
  const expected = contentRange(offset, item.size - 1, item.size);
  return response.status === 206 && response.headers.get('content-range') === expected;
}

async function pour(response: Response, sink: MessageSink, limit: number, stall: AbortController): Promise<void> {
  if (!response.body) return;
  const reader = response.body.getReader();
  let timer = setTimeout(() => stall.abort(), STALL_MS);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), STALL_MS);
      await sink.append(value);
      if ((await sink.size()) > limit) return;
    }
  } finally {
    clearTimeout(timer);
    await reader.cancel().catch(() => undefined);
  }
}
