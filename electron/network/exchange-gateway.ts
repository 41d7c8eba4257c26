import type {
  EnrolmentRequest,
  EnrolResponse,
  ExchangeClient,
  ExchangeConnection,
  ExchangeGateway,
  ExchangeOutcome,
  MessageSource,
  Receipt,
} from '#core/ports/exchange.ts';
import { directoryEtag, listAgencies } from '#shared/wire/directory.ts';
import {
  confirmPhone,
  numberTried,
  readDuty,
  saveDuty,
  saveOfficeHours,
  sendPhoneCode,
  tryNumber,
} from '#shared/wire/duty.ts';
import { enrol } from '#shared/wire/enrolment.ts';
import {
  answerFeedback,
  listFeedback,
  listOverseenFeedback,
  markAnswersRead,
  readOverseenBundle,
  sendFeedback,
} from '#shared/wire/feedback.ts';
import { getHealth } from '#shared/wire/health.ts';
import { MAX_INBOX_WAIT_SECONDS, readInbox } from '#shared/wire/inbox.ts';
import { contentDigest, MAX_MESSAGE_BYTES, putMessage } from '#shared/wire/messages.ts';
import {
  readOverseen,
  readOversight,
  readSentDocuments,
  readSupervision,
  reportPaperArrivals,
} from '#shared/wire/oversight.ts';
import { checkReceipts } from '#shared/wire/receipts.ts';
import { putStatements } from '#shared/wire/statements.ts';
import { MAX_WATCHED, readWatch } from '#shared/wire/watch.ts';
import { proveAnswer } from './answer-proof.ts';
import { createDeviceSecret, createRequestProver, publicKeyOf } from './device-key.ts';
import { downloadMessage } from './download-message.ts';
import { readJson } from './http-outcome.ts';
import { isProven } from './receipt-proof.ts';
import { ask, createSender, type FetchLike, type Send } from './send-request.ts';
import { unlessSilent } from './unless-silent.ts';
import { uploadMessage, type UploadOptions } from './upload-message.ts';
import { createUploadPace } from './upload-pace.ts';

const CALL_TIMEOUT_MS = 30_000;

export interface GatewayOptions {
  /** A sending request that is not answered for so long, in ms, is a dead line. */
  readonly stallMs: number;
}

export function createExchangeGateway(
  fetchLike: FetchLike,
  { stallMs }: GatewayOptions = { stallMs: CALL_TIMEOUT_MS },
): ExchangeGateway {
  return {
    check: async (url, signal) =>
      ask(createSender(fetchLike, url, null), getHealth, {}, { signal, timeoutMs: CALL_TIMEOUT_MS }),
    createDeviceSecret,
    enrol: (request, signal) => enrolWorkstation(fetchLike, request, signal),
    connect: (connection) => connect(fetchLike, connection, stallMs),
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

function connect(fetchLike: FetchLike, connection: ExchangeConnection, stallMs: number): ExchangeClient {
  const pace = createUploadPace();
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

    putMessage: async (id, source, signal) => {
      if (source.size > MAX_MESSAGE_BYTES) {
        return { kind: 'refused', code: 'MESSAGE_TOO_LARGE', params: { limit: MAX_MESSAGE_BYTES } };
      }
      return withClock(async () => {
        const options = { signal, stallMs, pace };
        const atOnce = source.size <= pace.largestAtOnce() ? await putAtOnce(send, id, source, options) : 'too-large';
        const outcome = atOnce === 'too-large' ? await uploadMessage(send, id, source, options) : atOnce;
        if (outcome.kind !== 'ok') return outcome;
        const receipt = outcome.value;
        if (receipt.messageId !== id || receipt.sha256 !== source.sha256) {
          return { kind: 'garbage', detail: 'a receipt for another message' };
        }
        return (await isProven(receipt, connection)) ? outcome : { kind: 'garbage', detail: 'a receipt without proof' };
      });
    },

    inbox: ({ after, epoch, anchor, limit, waitSeconds, watch }, signal) =>
      withClock(async () => {
        const wait = Math.min(waitSeconds, MAX_INBOX_WAIT_SECONDS);
        const options = { signal, timeoutMs: CALL_TIMEOUT_MS + wait * 1000 };
        const position = { after, epoch: epoch ?? undefined, anchor: anchor ?? undefined };
        const outcome = await ask(
          send,
          readInbox,
          { query: { ...position, limit, watch: watch ?? undefined, wait } },
          options,
        );
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

    putStatements: (statements, signal) =>
      withClock(async () => {
        const body = { statements: [...statements] };
        const outcome = await ask(send, putStatements, { body }, { signal, timeoutMs: CALL_TIMEOUT_MS });
        if (outcome.kind !== 'ok') return outcome;
        const { results } = outcome.value;
        const answered = new Set(results.map(({ id }) => id));
        return statements.every(({ id }) => answered.has(id))
          ? { kind: 'ok', value: results }
          : { kind: 'garbage', detail: 'a statement without an answer' };
      }),

    reportPaperArrivals: (arrivals, signal) => {
      const body = { arrivals: [...arrivals] };
      return withClock(() => ask(send, reportPaperArrivals, { body }, { signal, timeoutMs: CALL_TIMEOUT_MS }));
    },

    watch: (after, signal) =>
      withClock(async () => {
        const query = { after: after?.position, epoch: after?.epoch, limit: MAX_WATCHED };
        const outcome = await ask(send, readWatch, { query }, { signal, timeoutMs: CALL_TIMEOUT_MS });
        if (outcome.kind !== 'ok') return outcome;
        const { epoch, position, more } = outcome.value;
        const stands = after?.epoch === epoch && after.position === position;
        // Whoever is told that there is more, and not where, would ask for ever.
        return more && stands ? { kind: 'garbage', detail: 'a watch page that leads nowhere' } : outcome;
      }),

    supervision: (signal) => withClock(() => ask(send, readSupervision, {}, { signal, timeoutMs: CALL_TIMEOUT_MS })),

    oversight: ({ from, to }, signal) =>
      withClock(() => ask(send, readOversight, { query: { from, to } }, { signal, timeoutMs: CALL_TIMEOUT_MS })),

    overseen: ({ after, ...asked }, signal) => {
      const { availableAt: before, messageId: beforeId, recipient: beforeRecipient } = after ?? {};
      const query = { ...asked, agency: asked.agency ?? undefined, before, beforeId, beforeRecipient };
      return withClock(() => ask(send, readOverseen, { query }, { signal, timeoutMs: CALL_TIMEOUT_MS }));
    },

    sentDocuments: ({ after, ...asked }, signal) => {
      const query = { ...asked, before: after?.at, beforeKey: after?.key };
      return withClock(() => ask(send, readSentDocuments, { query }, { signal, timeoutMs: CALL_TIMEOUT_MS }));
    },

    sendFeedback: ({ id, ...body }, signal) =>
      withClock(() => ask(send, sendFeedback, { params: { id }, body }, { signal, timeoutMs: CALL_TIMEOUT_MS })),
    feedback: (after, signal) =>
      withClock(() => ask(send, listFeedback, { query: { ...after } }, { signal, timeoutMs: CALL_TIMEOUT_MS })),
    markAnswersRead: (answerIds, signal) => {
      const body = { answers: [...answerIds] };
      return withClock(() => ask(send, markAnswersRead, { body }, { signal, timeoutMs: CALL_TIMEOUT_MS }));
    },
    overseenFeedback: ({ which, after }, signal) => {
      const query = { which, ...after };
      return withClock(() => ask(send, listOverseenFeedback, { query }, { signal, timeoutMs: CALL_TIMEOUT_MS }));
    },
    overseenBundle: (id, signal) =>
      withClock(() => ask(send, readOverseenBundle, { params: { id } }, { signal, timeoutMs: CALL_TIMEOUT_MS })),
    answerFeedback: ({ id: answerId, reportId: id, text, person }, signal) => {
      const asked = { params: { id, answerId }, body: { text, person } };
      return withClock(() => ask(send, answerFeedback, asked, { signal, timeoutMs: CALL_TIMEOUT_MS }));
    },

    getMessage: (item, sink, signal) => withClock(() => downloadMessage(send, item, sink, signal)),

    readDuty: (signal) => withClock(() => ask(send, readDuty, {}, { signal, timeoutMs: CALL_TIMEOUT_MS })),
    saveDuty: (from, rota, signal) =>
      withClock(() => ask(send, saveDuty, { body: { from, rota } }, { signal, timeoutMs: CALL_TIMEOUT_MS })),
    saveOfficeHours: (hours, signal) =>
      withClock(() => ask(send, saveOfficeHours, { body: { hours } }, { signal, timeoutMs: CALL_TIMEOUT_MS })),
    sendPhoneCode: (phone, signal) =>
      withClock(() => ask(send, sendPhoneCode, { body: { phone } }, { signal, timeoutMs: CALL_TIMEOUT_MS })),
    tryNumber: (id, phone, signal) =>
      withClock(() => ask(send, tryNumber, { body: { id, phone } }, { signal, timeoutMs: CALL_TIMEOUT_MS })),
    numberTried: (id, signal) =>
      withClock(() => ask(send, numberTried, { params: { id } }, { signal, timeoutMs: CALL_TIMEOUT_MS })),
    confirmPhone: (phone, code, signal) =>
      withClock(() => ask(send, confirmPhone, { body: { phone, code } }, { signal, timeoutMs: CALL_TIMEOUT_MS })),

    clockOffsetMs: () => offsetMs,
  };
}

/** A small message in one request, or that it turned out to be too large for the line, which was cut. */
async function putAtOnce(
  send: Send,
  id: string,
  source: MessageSource,
  { signal, stallMs, pace }: UploadOptions,
): Promise<ExchangeOutcome<Receipt> | 'too-large'> {
  const body = await source.read(0, source.size);
  const headers = { 'content-digest': contentDigest(hexToBase64(source.sha256)) };
  const outcome = await unlessSilent(stallMs, signal, (options) =>
    ask(send, putMessage, { params: { id }, body }, { ...options, headers }),
  );
  const isSmaller = (outcome.kind === 'offline' || outcome.kind === 'silent') && pace.broke(source.size);
  // Silence steps back, so that something more urgent may go first; the next attempt then goes in pieces.
  if (outcome.kind === 'silent') return { kind: 'offline', detail: `silent for ${stallMs} ms` };
  if (isSmaller) return 'too-large';
  return outcome;
}

function hexToBase64(hex: string): string {
  return btoa(hex.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16))));
}
