import { createHash, randomUUID } from 'node:crypto';
import { type Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createRequestProver } from '#network/device-key.ts';
import { createExchangeGateway } from '#network/exchange-gateway.ts';
import { contentDigest, MESSAGE_CONTENT_TYPE } from '#shared/wire/messages.ts';
import type { Statement } from '#shared/wire/statements.ts';

/** What the exchange, its database or this request is just short of: the same again, soon. */
const MOST_ATTEMPTS = 200;
const PAUSE_MS = 50;

/** An office's workstation at a real exchange, as far as it sends and states; what gets no answer is repeated under the same id. */
export interface OfficeLine {
  readonly workstationId: string;
  /** @throws Error when the exchange refuses it for good */
  putMessage(id: string, edxml: Uint8Array): Promise<void>;
  state(statement: Statement): Promise<void>;
}

export interface LineParts {
  readonly url: string;
  /** By the simulated clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly agent: Agent;
  /** Called before every request, the repeated ones too: resolves when there is an exchange to ask. */
  readonly beforeRequest: () => Promise<void>;
}

const gateway = createExchangeGateway(fetch);

/** @param code of an enrolment that waits for this office */
export async function openOfficeLine(parts: LineParts, agencyCode: string, code: string): Promise<OfficeLine> {
  const deviceSecret = await gateway.createDeviceSecret();
  const enrolled = await gateway.enrol({
    url: parts.url,
    code,
    workstationName: `Văn thư ${agencyCode}`,
    deviceSecret,
    register: { id: randomUUID(), epoch: 1, agencyCode: null },
    mergeAgency: false,
    replaceRegister: true,
  });
  if (enrolled.kind !== 'ok') throw new Error(`${agencyCode} could not be enrolled: ${JSON.stringify(enrolled)}`);
  const { exchangeId, workstationId } = enrolled.value;
  const prove = createRequestProver({ exchangeId, workstationId, deviceSecret });

  const send = async (method: 'PUT' | 'POST', target: string, type: string, body: Buffer): Promise<void> => {
    const digest = contentDigest(createHash('sha256').update(body).digest('base64'));
    let last = '';
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      if (attempt > 0) await pause(PAUSE_MS);
      await parts.beforeRequest();
      const proof = await prove({ method, target, contentDigest: digest }, parts.now());
      const answer = await ask(parts, { method, target, type, body, digest, proof });
      if (answer !== null && answer.status < 300 && !answer.body.includes('NOT_YOURS')) return;
      last = answer === null ? 'no answer' : `${answer.status} ${answer.body}`;
      if (answer !== null && answer.status < 500 && answer.status !== 429) break;
    }
    throw new Error(`${agencyCode} ${method} ${target}: ${last}`);
  };
  return {
    workstationId,
    putMessage: (id, edxml) => send('PUT', `/v1/messages/${id}`, MESSAGE_CONTENT_TYPE, Buffer.from(edxml)),
    state: (statement) =>
      send('POST', '/v1/statements', 'application/json', Buffer.from(JSON.stringify({ statements: [statement] }))),
  };
}

interface Asked {
  readonly method: string;
  readonly target: string;
  readonly type: string;
  readonly body: Buffer;
  readonly digest: string;
  readonly proof: string;
}

/** Null when the line broke before there was an answer. */
function ask(
  { url, agent }: LineParts,
  { method, target, type, body, digest, proof }: Asked,
): Promise<{ readonly status: number; readonly body: string } | null> {
  const headers = {
    authorization: `DPoP ${proof}`,
    'content-digest': digest,
    'content-type': type,
    'content-length': String(body.length),
  };
  return new Promise((resolve) => {
    const asked = request(`${url}${target}`, { method, agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece: string) => (text += piece));
      answer.on('error', () => resolve(null));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
    });
    asked.on('error', () => resolve(null));
    asked.end(body);
  });
}
