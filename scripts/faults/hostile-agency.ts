import { randomBytes, randomUUID } from 'node:crypto';
import type { ExchangeClient } from '#core/ports/exchange.ts';
import { createExchangeGateway } from '#network/exchange-gateway.ts';
import type { FetchLike } from '#network/send-request.ts';
import { blankDocument, organ, type EdxmlDocumentContent } from '#shared/edxml/edxml-message.ts';
import { writeEdxmlDocument, writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import type { ExchangeHost } from './exchange-host.ts';
import { decisionsOf } from './product-commands.ts';
import type { RunLog } from './run-log.ts';

/** An enrolled agency with a program of its own that keeps to no rule. It is not under the oracle; its victims are. */
export interface HostileAgency {
  /** @param choice uniform in [0, 1): which attack */
  attack(choice: number, victim: string, others: readonly string[]): Promise<string>;
}

const junkPdf = (): Uint8Array => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(3_000)]);

export async function openHostileAgency(exchange: ExchangeHost, code: string, log: RunLog): Promise<HostileAgency> {
  let extraHeaders: Readonly<Record<string, string>> = {};
  let spoils = false;
  const hostileFetch: FetchLike = (url, init) => {
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(extraHeaders)) headers.set(name, value);
    const body = spoils && init.body instanceof Uint8Array ? Buffer.concat([init.body, Buffer.from(' ')]) : init.body;
    return fetch(url, { ...init, headers, ...(body === undefined ? {} : { body: body as BodyInit }) });
  };
  const gateway = createExchangeGateway(hostileFetch);

  const enrol = async (): Promise<ExchangeClient> => {
    const deviceSecret = await gateway.createDeviceSecret();
    return exchange.ask('the hostile enrolment', async (running) => {
      const url = running.url;
      const oneTimeCode = await running.enrolmentCode(code);
      const outcome = await gateway.enrol({
        url,
        code: oneTimeCode,
        workstationName: '<script>',
        deviceSecret,
        register: { id: randomUUID(), epoch: 1, agencyCode: null },
        ...decisionsOf('again'),
      });
      if (outcome.kind !== 'ok') throw new Error(`the hostile agency was not enrolled: ${JSON.stringify(outcome)}`);
      const { exchangeId, exchangeKey, workstationId } = outcome.value;
      return gateway.connect({ url, exchangeId, exchangeKey, workstationId, deviceSecret });
    });
  };
  let client = await enrol();

  /** Puts a message; an attack does not care what becomes of it. */
  const put = async (bytes: Uint8Array): Promise<string> => {
    const outcome = await client.putMessage(randomUUID(), sourceOf(bytes));
    if (outcome.kind === 'refused' && outcome.code === 'UNAUTHENTICATED') client = await enrol();
    return outcome.kind === 'refused' ? outcome.code : outcome.kind;
  };
  const letter = (victim: string, changes: Partial<EdxmlDocumentContent> = {}): Uint8Array => {
    const number = String(1 + Math.floor(Math.random() * 9_999));
    return writeEdxmlDocument({
      ...plainLetter,
      from: organ(code, ''),
      to: [organ(victim, '')],
      codeNumber: number,
      documentId: `${code},2026/01/01,${number}/X`,
      ...changes,
    });
  };

  const attacks: Readonly<Record<string, (victim: string, others: readonly string[]) => Promise<readonly string[]>>> = {
    garbage: async () => [await put(randomBytes(20_000))],
    'half a message': async (victim) => {
      const whole = letter(victim);
      return [await put(whole.subarray(0, whole.length / 2))];
    },
    'one id, other content': async (victim) => {
      const documentId = `${code},2026/01/01,1/X`;
      const outcomes: string[] = [];
      for (let at = 0; at < 3; at += 1) outcomes.push(await put(letter(victim, { documentId, subject: `Lần ${at}` })));
      return outcomes;
    },
    flood: async (victim) => Promise.all(Array.from({ length: 25 }, () => put(letter(victim)))),
    "another's name": async (victim, others) => [
      await put(letter(victim, { from: organ(code, `Cơ quan ${others[0]}`) })),
    ],
    "another's code": async (victim, others) => [await put(letter(victim, { from: organ(others[0] ?? '', '') }))],
    "another's document id": async (victim, others) => [
      await put(letter(victim, { documentId: `${others[0]},2026/11/27,1/VPUBND-HCTC`, codeNumber: '1' })),
    ],
    'huge headers': async (victim) => {
      extraHeaders = { 'x-much': 'a'.repeat(60_000) };
      return [await put(letter(victim)).finally(() => (extraHeaders = {}))];
    },
    'huge fields': async (victim) => [await put(letter(victim, { subject: 'rất dài '.repeat(100_000) }))],
    'false refusals': async (victim, others) =>
      Promise.all(
        [victim, ...others].map((about) =>
          put(
            writeEdxmlStatus({
              from: organ(code, ''),
              responseFor: {
                organId: about,
                code: '1/VPUBND-HCTC',
                promulgationDate: new Date().toISOString().slice(0, 10),
                documentId: '',
              },
              staff: { department: '', staff: '', mobile: '', email: '' },
              statusCode: '02',
              description: 'trả lại',
              timestamp: null,
            }),
          ),
        ),
      ),
    'another digest': async (victim) => {
      spoils = true;
      return [await put(letter(victim)).finally(() => (spoils = false))];
    },
    'pages of junk': async (victim) => [
      await put(
        letter(victim, {
          attachments: Array.from({ length: 5 }, (_, at) => ({
            contentId: String(at),
            name: `../../${at}.pdf`,
            contentType: 'application/pdf',
            description: '',
            bytes: junkPdf(),
          })),
        }),
      ),
    ],
    'hundreds of strangers': async (victim) => [
      await put(
        letter(victim, {
          to: [victim, ...Array.from({ length: 400 }, (_, at) => `Z${at}`)].map((to) => organ(to, '')),
        }),
      ),
    ],
  };

  return {
    attack: async (choice, victim, others) => {
      const names = Object.keys(attacks);
      const name = names[Math.floor(choice * names.length)] ?? 'garbage';
      try {
        const outcomes = (await attacks[name]?.(victim, others)) ?? [];
        return `${name}: ${[...new Set(outcomes)].join(', ')}`;
      } catch (error) {
        log.add(`the attack "${name}" itself failed: ${String(error)}`);
        return name;
      }
    },
  };
}

const plainLetter: EdxmlDocumentContent = {
  ...blankDocument,
  codeNumber: '1',
  codeNotation: 'X',
  promulgationDate: '2026-01-01',
  documentType: { type: 2, typeDetail: 18, typeName: 'Công văn' },
  subject: 'Văn bản',
  otherInfo: { ...blankDocument.otherInfo, priority: 4 },
};
