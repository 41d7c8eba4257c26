import type { ExchangeOutcome, MessageSource, Receipt } from '#core/ports/exchange.ts';
import { contentDigest } from '#shared/wire/messages.ts';
import {
  appendToUpload,
  commitUpload,
  createUpload,
  TUS_VERSION,
  uploadId,
  uploadMetadata,
} from '#shared/wire/uploads.ts';
import { base64, sha256Of } from './digest.ts';
import { ask, askHeaders, type Send } from './send-request.ts';
import { type Heard, unlessSilent } from './unless-silent.ts';
import type { UploadPace } from './upload-pace.ts';

/** Slowest server that a commit, which reads the whole message again, is given time for, in bytes per millisecond. */
const SLOWEST_COMMIT = 4_096;

const tus = { 'tus-resumable': TUS_VERSION } as const;

export interface UploadOptions {
  readonly signal: AbortSignal | undefined;
  /** A request that is not answered for so long is a dead line. */
  readonly stallMs: number;
  readonly pace: UploadPace;
}

/** The commit, or where the upload stands, or what comes at an offset. */
type Next = 'commit' | 'create' | { readonly offset: number };
type Gain = { readonly receipt: Receipt } | { readonly offset: number };

/** Refusals that mean: ask again where the upload stands. */
const outOfStep = new Set(['NOT_FOUND', 'UPLOAD_OFFSET_MISMATCH', 'UPLOAD_INCOMPLETE']);

/**
 * Uploads a message in pieces and commits it. It needs to remember nothing: what the exchange has already is asked for.
 * A cut line is taken up again at once as long as each attempt brings something, or a smaller piece can be tried; one
 * that is silent ends as 'offline', so that something more urgent may go first.
 * @throws CodedError what reading the source throws
 */
export async function uploadMessage(
  send: Send,
  messageId: string,
  source: MessageSource,
  options: UploadOptions,
): Promise<ExchangeOutcome<Receipt>> {
  const { pace } = options;
  // The commit first: an earlier attempt may have been accepted, its answer lost and its upload gone.
  let next: Next = 'commit';
  /** Whether the exchange has said where the upload stands; before that, a commit finds none or half of one. */
  let known = false;
  /** Most that the exchange said to have; it must not say less afterwards. */
  let kept = 0;
  /** Whether something came through since the last failure. One is forgiven: an idle connection may just have ended. */
  let gained = true;

  for (;;) {
    const step = await takeStep(send, messageId, source, options, next);
    if (step.kind === 'ok') {
      if ('receipt' in step.value) return { kind: 'ok', value: step.value.receipt };
      const { offset } = step.value;
      if (offset > source.size) return { kind: 'garbage', detail: 'an offset behind the end' };
      if (offset < kept) return { kind: 'retry-later', retryAfterMs: null, detail: 'the exchange lost what it had' };
      gained ||= offset > kept;
      kept = offset;
      next = offset === source.size ? 'commit' : { offset };
      known = true;
      continue;
    }
    const isCut = step.kind === 'offline' || step.kind === 'silent';
    const isSmaller: boolean =
      isCut && typeof next === 'object' && pace.broke(Math.min(pace.bytes(), source.size - next.offset));
    if (step.kind === 'silent') return { kind: 'offline', detail: `silent for ${options.stallMs} ms` };
    const mayGoOn = isCut || (step.kind === 'refused' && outOfStep.has(step.code));
    if (!mayGoOn) return step;
    const isExpected = next === 'commit' && !known && !isCut;
    if (!isExpected && !isSmaller) {
      if (!gained) return isCut ? step : { kind: 'garbage', detail: 'the exchange contradicts itself about an upload' };
      gained = false;
    }
    next = isCut && next === 'commit' ? 'commit' : 'create';
  }
}

async function takeStep(
  send: Send,
  messageId: string,
  source: MessageSource,
  { signal, stallMs, pace }: UploadOptions,
  next: Next,
): Promise<Heard<Gain>> {
  const { sha256, size } = source;
  if (next === 'commit') {
    return unlessSilent<Gain>(stallMs + size / SLOWEST_COMMIT, signal, async (options) => {
      const asked = { params: { id: messageId }, body: { sha256, size } };
      const outcome = await ask(send, commitUpload, asked, options);
      return outcome.kind === 'ok' ? { kind: 'ok', value: { receipt: outcome.value } } : outcome;
    });
  }
  if (next === 'create') {
    return unlessSilent<Gain>(stallMs, signal, async (options) => {
      const headers = { ...tus, 'upload-length': size, 'upload-metadata': uploadMetadata(sha256) };
      const outcome = await askHeaders(send, createUpload, { headers }, options);
      if (outcome.kind !== 'ok') return outcome;
      const { location, 'upload-offset': offset } = outcome.value;
      // Only its last part counts, and that is known: an upload is named by its content. No host in it is believed.
      if (!location.endsWith(`/${uploadId(source)}`)) return { kind: 'garbage', detail: 'another upload' };
      return { kind: 'ok', value: { offset } };
    });
  }
  const end = Math.min(next.offset + pace.bytes(), size);
  const bytes = await source.read(next.offset, end);
  const digest = await sha256Of(bytes);
  const headers = {
    ...tus,
    'upload-offset': next.offset,
    'content-digest': contentDigest(base64(digest)),
  };
  return unlessSilent<Gain>(stallMs, signal, async (options) => {
    const began = performance.now();
    const asked = { params: { id: uploadId(source) }, headers, body: bytes };
    const outcome = await askHeaders(send, appendToUpload, asked, options);
    if (outcome.kind !== 'ok') return outcome;
    if (outcome.value['upload-offset'] !== end) return { kind: 'garbage', detail: 'an offset that was not sent' };
    // The last piece may be a small one: it says little about the line.
    if (bytes.length === pace.bytes()) pace.arrived(performance.now() - began);
    return { kind: 'ok', value: { offset: end } };
  });
}
