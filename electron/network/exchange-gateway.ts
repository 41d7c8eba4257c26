import type {
  EnrolmentRequest,
  EnrolResponse,
  ExchangeClient,
  ExchangeConnection,
  ExchangeGateway,
  ExchangeOutcome,
} from '#core/ports/exchange.ts';
import { directoryEtag, listAgencies } from '#shared/wire/directory.ts';
import { enrol } from '#shared/wire/enrolment.ts';
import { getHealth } from '#shared/wire/health.ts';
import { MAX_INBOX_WAIT_SECONDS, readInbox } from '#shared/wire/inbox.ts';
import { contentDigest, MAX_MESSAGE_BYTES, putMessage } from '#shared/wire/messages.ts';
import { checkReceipts } from '#shared/wire/receipts.ts';
import { proveAnswer } from './answer-proof.ts';
import { createDeviceSecret, createRequestProver, publicKeyOf } from './device-key.ts';
import { base64, hex, sha256Of } from './digest.ts';
import { downloadMessage } from './download-message.ts';
import { readJson } from './http-outcome.ts';
import { isProven } from './receipt-proof.ts';
import { ask, createSender, type FetchLike } from './send-request.ts';

const CALL_TIMEOUT_MS = 30_000;
/** Slowest line that an upload is given time for, in bytes per millisecond (64 kbit/s). */
const SLOWEST_UPLOAD = 8;

export function createExchangeGateway(fetchLike: FetchLike): ExchangeGateway {
  return {
    check: async (url, signal) =>
      ask(createSender(fetchLike, url, null), getHealth, {}, { signal, timeoutMs: CALL_TIMEOUT_MS }),
    createDeviceSecret,
    enrol: (request, signal) => enrolWorkstation(fetchLike, request, signal),
    connect: (connection) => connect(fetchLike, connection),
  };
}

async function enrolWorkstation(
  fetchLike: FetchLike,
  request: EnrolmentRequest,
  signal: AbortSignal | undefined,
): Promise<ExchangeOutcome<EnrolResponse>> {
  const body = {
    code: request.code,
    publicKey: publicKeyOf(request.deviceSecret),
    workstationName: request.workstationName,
    register: request.register,
    mergeAgency: request.mergeAgency,
    replaceRegister: request.replaceRegister,
  };
  const send = createSender(fetchLike, request.url, null);
  return ask(send, enrol, { body }, { signal, timeoutMs: CALL_TIMEOUT_MS });
}

function connect(fetchLike: FetchLike, connection: ExchangeConnection): ExchangeClient {
  const prove = createRequestProver(connection);
  let offsetMs: number | null = null;

  const send = createSender(fetchLike, connection.url, {
    prove: (request) => prove(request, Date.now() + (offsetMs ?? 0)),
    believe: async (response, requestProof, signal) => {
      const answer = await proveAnswer(response, requestProof, connection, signal);
      if ('kind' in answer) return answer;
      offsetMs = answer.serverTime - Date.now();
      return answer.response;
    },
  });

  /** Once more with the server's clock when ours was wrong. */
  const withClock = async <Value>(call: () => Promise<ExchangeOutcome<Value>>): Promise<ExchangeOutcome<Value>> => {
    const first = await call();
    if (first.kind !== 'clock') return first;
    offsetMs = first.offsetMs;
    return call();
  };

  return {
    agencies: (since, signal) =>
      withClock(async () => {
        const headers: Record<string, string> = since > 0 ? { 'if-none-match': directoryEtag(since) } : {};
        const options = { signal, headers, timeoutMs: CALL_TIMEOUT_MS };
        const response = await send(listAgencies, { query: { since } }, options);
        if (!(response instanceof Response)) return response;
        if (response.status === 304) return { kind: 'ok', value: { version: since, agencies: [] } };
        return readJson(response, listAgencies.answer.schema, signal);
      }),

    putMessage: async (id, edxml, signal) => {
      if (edxml.byteLength > MAX_MESSAGE_BYTES) {
        return { kind: 'refused', code: 'MESSAGE_TOO_LARGE', params: { limit: MAX_MESSAGE_BYTES } };
      }
      const digest = await sha256Of(new Uint8Array(edxml));
      const options = {
        signal,
        headers: { 'content-digest': contentDigest(base64(digest)) },
        timeoutMs: CALL_TIMEOUT_MS + edxml.byteLength / SLOWEST_UPLOAD,
      };
      return withClock(async () => {
        const outcome = await ask(send, putMessage, { params: { id }, body: edxml }, options);
        if (outcome.kind !== 'ok') return outcome;
        const receipt = outcome.value;
        if (receipt.messageId !== id || receipt.sha256 !== hex(digest)) {
          return { kind: 'garbage', detail: 'a receipt for another message' };
        }
        return (await isProven(receipt, connection)) ? outcome : { kind: 'garbage', detail: 'a receipt without proof' };
      });
    },

    inbox: ({ after, epoch, anchor, limit, waitSeconds }, signal) =>
      withClock(async () => {
        const wait = Math.min(waitSeconds, MAX_INBOX_WAIT_SECONDS);
        const options = { signal, timeoutMs: CALL_TIMEOUT_MS + wait * 1000 };
        const position = { after, epoch: epoch ?? undefined, anchor: anchor ?? undefined };
        const outcome = await ask(send, readInbox, { query: { ...position, limit, wait } }, options);
        if (outcome.kind !== 'ok') return outcome;
        const { items, cursor } = outcome.value;
        // Numbers are gap-free: a hole means that something between us and the exchange changed the answer.
        const inOrder = items.every((item, index) => item.seq === after + 1 + index) && cursor === after + items.length;
        return inOrder ? outcome : { kind: 'garbage', detail: 'an inbox page with a hole' };
      }),

    checkReceipts: (messageIds, proof, signal) => {
      const body = { messageIds: [...messageIds], proof };
      return withClock(() => ask(send, checkReceipts, { body }, { signal, timeoutMs: CALL_TIMEOUT_MS }));
    },

    getMessage: (item, sink, signal) => withClock(() => downloadMessage(send, item, sink, signal)),

    clockOffsetMs: () => offsetMs,
  };
}
