import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isMailAddress } from './email.ts';
import { Secret } from './secret.ts';

const seconds = (byDefault: number) => z.number().positive().max(600).default(byDefault);
/** It stands in addresses that providers call back. */
const name = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/, 'a name has small letters, digits and "-"');
const httpUrl = z.url({ protocol: /^https?$/ });
/** Kannel takes "%" in an address for something to fill in. */
const callbackUrl = httpUrl.refine((url) => !/[%?#]/.test(url), 'a callback address has no "%", "?" or "#"');
/** Nghị định 91/2020/NĐ-CP, Điều 23: Latin letters, digits, "-", "_", ".", space; at most 11, not digits alone. A short number is digits alone. */
const sender = z.union([z.string().regex(/^(?!\d+$)[A-Za-z0-9 ._-]{1,11}$/), z.string().regex(/^\d{3,15}$/)]);
const parts = z.int().nonnegative();

/** What a configuration may say. Secrets are named by file or environment variable, never written in it. */
function configSchema(folder: string, environment: NodeJS.ProcessEnv) {
  const secret = z
    .union([z.strictObject({ file: z.string().min(1) }), z.strictObject({ env: z.string().min(1) })])
    .transform(async (place, context) => {
      const where = 'file' in place ? place.file : `$${place.env}`;
      try {
        const text =
          'file' in place ? await readFile(path.resolve(folder, place.file), 'utf8') : (environment[place.env] ?? '');
        return new Secret(text.replace(/\r?\n$/, ''));
      } catch (error) {
        const why = error instanceof RangeError ? 'is empty' : 'cannot be read';
        context.addIssue({ code: 'custom', message: `the secret in ${where} ${why}` });
        return z.NEVER;
      }
    });
  const kannel = z.strictObject({
    type: z.literal('kannel'),
    name,
    url: httpUrl,
    username: z.string().min(1),
    password: secret,
    timeoutSeconds: seconds(15),
  });
  const smpp = z.strictObject({
    type: z.literal('smpp'),
    name,
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(2775),
    tls: z.boolean().default(false),
    // SMPP 3.4, 5.2.1 to 5.2.3: 16, 9 and 13 octets with the one that ends them.
    systemId: z.string().min(1).max(15),
    password: secret,
    systemType: z.string().max(12).default(''),
    receiptIds: z.enum(['same', 'decimal']).default('same'),
    timeoutSeconds: seconds(15),
    enquireLinkSeconds: seconds(30),
  });
  const http = z.strictObject({
    type: z.literal('http'),
    name,
    url: httpUrl,
    apiKey: secret,
    secretKey: secret,
    smsType: z.string().default('2'),
    numberForm: z.enum(['national', 'international']).default('national'),
    timeoutSeconds: seconds(30),
  });
  const zalo = z.strictObject({
    name: name.default('zalo'),
    url: httpUrl.default('https://business.openapi.zalo.me/message/template'),
    tokenUrl: httpUrl.default('https://oauth.zaloapp.com/v4/oa/access_token'),
    appId: z.string().min(1),
    appSecret: secret,
    oaSecret: secret,
    templateId: z.string().min(1),
    development: z.boolean().default(false),
    /** Where the tokens are kept; it is written at each renewal. */
    tokenFile: z
      .string()
      .min(1)
      .transform((file) => path.resolve(folder, file)),
    timeoutSeconds: seconds(30),
  });
  const smtp = z.strictObject({
    name: name.default('smtp'),
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(587),
    encryption: z.enum(['tls', 'starttls', 'none']).default('starttls'),
    login: z
      .strictObject({ user: z.string().min(1), password: secret })
      .nullable()
      .default(null),
    fromAddress: z.string().refine(isMailAddress, 'not an e-mail address'),
    fromName: z.string().min(1).default('Văn Thư'),
    timeoutSeconds: seconds(30),
  });
  return z
    .strictObject({
      /** Where providers reach this exchange with their reports; what follows it is ours. */
      callbackUrl,
      /** Proves that a report answers to a notice of ours. */
      reportSecret: secret,
      brandname: sender,
      /** In the order in which they are tried. */
      sms: z.array(z.discriminatedUnion('type', [kannel, smpp, http])).default([]),
      zalo: zalo.nullable().default(null),
      smtp: smtp.nullable().default(null),
      /** Parts of text messages that an agency may use up in a month; null = as many as there are. */
      monthlyParts: z
        .strictObject({
          default: parts.nullable().default(null),
          agencies: z.record(z.string(), parts.nullable()).default({}),
        })
        .prefault({}),
    })
    .superRefine(({ sms, zalo: ofZalo, smtp: ofSmtp }, context) => {
      const names = [...sms, ofZalo, ofSmtp].flatMap((gateway) => (gateway === null ? [] : [gateway.name]));
      const doubled = names.find((one, at) => names.indexOf(one) !== at);
      if (doubled !== undefined) {
        context.addIssue({ code: 'custom', message: `two gateways have the name ${doubled}` });
      }
    });
}

export type GatewayConfig = z.infer<ReturnType<typeof configSchema>>;
export type SmsGatewayConfig = GatewayConfig['sms'][number];

/**
 * Reads a configuration with its secrets.
 * @throws Error that says what is wrong and where, without any secret
 */
export async function readGatewayConfig(file: string, environment: NodeJS.ProcessEnv): Promise<GatewayConfig> {
  const text = await readFile(file, 'utf8');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON`);
  }
  const result = await configSchema(path.dirname(path.resolve(file)), environment).safeParseAsync(content);
  if (result.success) return result.data;
  throw new Error(`${file}:\n${z.prettifyError(result.error)}`);
}
