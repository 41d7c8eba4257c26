import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ExchangeClient,
  ExchangeConnection,
  ExchangeOutcome,
  InboxItem,
  InboxPage,
} from '#core/ports/exchange.ts';
import { createRequestProver, type RequestToProve } from '#network/device-key.ts';
import { createExchangeGateway } from '#network/exchange-gateway.ts';
import { createPartFileSink } from '#tests/support/part-file-sink.ts';
import { writeEdxmlDocument, writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { contentDigest } from '#shared/wire/messages.ts';
import type { TestExchange } from '#tests/support/exchange-server.ts';
import { fullDocument, fullStatus, organ } from '#tests/unit/edxml/sample-messages.ts';

export const gateway = createExchangeGateway(fetch);

/** An enrolled workstation of an agency. */
export interface Office {
  readonly code: string;
  readonly connection: ExchangeConnection;
  readonly client: ExchangeClient;
}

export async function openOffice(exchange: Pick<TestExchange, 'url' | 'enrolmentCode'>, code: string): Promise<Office> {
  const deviceSecret = await gateway.createDeviceSecret();
  const enrolled = expectOk(
    await gateway.enrol({
      url: exchange.url,
      code: await exchange.enrolmentCode(code),
      workstationName: `Văn thư ${code}`,
      deviceSecret,
      ...anyRegister(),
    }),
  );
  const { exchangeId, exchangeKey, workstationId } = enrolled;
  const connection = { url: exchange.url, exchangeId, exchangeKey, workstationId, deviceSecret };
  return { code, connection, client: gateway.connect(connection) };
}

/** A register of its own, whatever the agency had before. */
export const anyRegister = () => ({
  register: { id: randomUUID(), epoch: 1, agencyCode: null },
  mergeAgency: false,
  replaceRegister: true,
});

/** The start of an inbox. */
export const fromStart = { after: 0, epoch: null, anchor: null, watch: null } as const;

export function expectOk<Value>(outcome: ExchangeOutcome<Value>): Value {
  if (outcome.kind === 'ok') return outcome.value;
  throw new Error(`expected an answer, got ${JSON.stringify(outcome)}`);
}

/** A letter whose number and attachment make it unlike any other. */
export function letter(from: string, to: readonly string[], number = '241', attachmentBytes = 1_000): Uint8Array {
  const bytes = Buffer.alloc(attachmentBytes, `${number} ${from} `);
  return writeEdxmlDocument({
    ...fullDocument,
    from: organ(from),
    to: to.map((code) => organ(code)),
    codeNumber: number,
    documentId: `${from},2017/05/24,${number}/VT`,
    business: fullDocument.business === null ? null : { ...fullDocument.business, docType: 0 },
    attachments: [{ contentId: '1', name: 'a.pdf', contentType: 'application/pdf', description: '', bytes }],
  });
}

export function status(from: string, to: string): Uint8Array {
  return writeEdxmlStatus({
    ...fullStatus,
    from: organ(from),
    responseFor: { ...fullStatus.responseFor, organId: to },
  });
}

/** Every item of an inbox, page by page. */
export async function readAll(office: Office, limit = 7): Promise<InboxItem[]> {
  const items: InboxItem[] = [];
  let epoch: string | null = null;
  for (;;) {
    const last = items.at(-1);
    const at = last === undefined ? fromStart : { after: last.seq, epoch, anchor: last.messageId };
    const page: InboxPage = expectOk(await office.client.inbox({ ...at, watch: null, limit, waitSeconds: 0 }));
    if (page.items.length === 0) return items;
    items.push(...page.items);
    epoch = page.epoch;
  }
}

export async function fetchBytes(office: Office, item: InboxItem): Promise<Uint8Array> {
  const path = join(mkdtempSync(join(tmpdir(), 'van-thu-part-')), randomUUID());
  expectOk(await office.client.getMessage(item, createPartFileSink(path)));
  return readFile(path);
}

/** What a request made by hand is made of; the office's key proves it unless told to prove another one. */
export interface HandmadeRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** A proof made before, or for something else. */
  readonly proof?: string;
}

/** The proof of a request of this office. */
export function proofFor(
  { connection }: Office,
  request: Partial<RequestToProve> & Pick<RequestToProve, 'target'>,
  nowMs = Date.now(),
): Promise<string> {
  return createRequestProver(connection)({ method: 'GET', contentDigest: null, ...request }, nowMs);
}

/** A request past the gateway, to see what the server says to any. */
export async function askByHand(office: Office, target: string, request: HandmadeRequest = {}): Promise<Response> {
  const { method = 'GET', headers = {}, body } = request;
  const digest = body === undefined ? null : contentDigest(createHash('sha256').update(body).digest('base64'));
  const announced = headers['content-digest'] ?? digest;
  const proof = request.proof ?? (await proofFor(office, { method, target, contentDigest: announced }));
  return fetch(`${office.connection.url}${target}`, {
    method,
    headers: {
      authorization: `DPoP ${proof}`,
      ...(announced === null ? {} : { 'content-digest': announced }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
}

export async function codeOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { readonly code: string }).code;
}
