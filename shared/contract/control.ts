import { z } from 'zod';
import { roles } from '../domain/roles.ts';
import type { ErrorParams } from '../errors/coded-error.ts';
import { fileIdSchema } from './common.ts';
import { settingsSchema } from './shell.ts';

/** Why a reading process is no longer there: it took too much memory, it ended by itself, or it could not be started. */
export const readerEndSchema = z.enum(['memory', 'died', 'not-started']);
export type ReaderEnd = z.infer<typeof readerEndSchema>;

/** Why a signing process is no longer there: it ended by itself, or it could not be started. */
const signerEndSchema = z.enum(['died', 'not-started']);
export type SignerEnd = z.infer<typeof signerEndSchema>;

/**
 * Messages between main and core over the utility process's parent port. Screens never use it: it starts and stops
 * core, hands it ports, and answers the few questions that only the shell can (picked files, the OS key store).
 */
export const toCoreSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    dataDir: z.string(),
    resourcesDir: z.string(),
    appVersion: z.string(),
    /** Account of the operating system that runs the program; null when the system does not say. */
    account: z.string().nullable(),
    /** File name of the fault that a crash test asks for; null in every other run. */
    faultPoint: z.string().nullable(),
  }),
  /** Carries one MessagePort: a screen that may call. */
  z.strictObject({ type: z.literal('connect') }),
  /** Carries one MessagePort: the signing process, freshly started. */
  z.strictObject({ type: z.literal('signer') }),
  z.strictObject({ type: z.literal('signer-ended'), why: signerEndSchema }),
  /** Carries one MessagePort: the reading process that core asked for as `id`. */
  z.strictObject({ type: z.literal('reader'), id: z.int() }),
  z.strictObject({ type: z.literal('reader-ended'), id: z.int(), why: readerEndSchema }),
  /** To be answered at once by `pong` with the same number: a core that does not hangs. */
  z.strictObject({ type: z.literal('ping'), number: z.int() }),
  z.strictObject({ type: z.literal('reply'), id: z.int(), value: z.unknown() }),
  /** The machine woke up or its network changed. */
  z.strictObject({ type: z.literal('network-changed') }),
  /** What the shell alone does, for the audit trail. */
  z.strictObject({
    type: z.literal('note'),
    action: z.enum(['backup.made', 'backup.changed']),
    /** Whether whoever is signed in did it, and not this program by its schedule. */
    byPerson: z.boolean(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  /** Nobody has used the machine for so many seconds. */
  z.strictObject({ type: z.literal('idle'), seconds: z.int().min(0) }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToCore = z.infer<typeof toCoreSchema>;

/** Questions of core that main answers with a `reply` of the same id. */
export const shellQuestionSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('file-token'), token: z.string() }),
  z.strictObject({ what: z.literal('secret-get'), name: z.string() }),
  z.strictObject({ what: z.literal('secret-set'), name: z.string(), value: z.string() }),
  z.strictObject({ what: z.literal('machine') }),
]);
export type ShellQuestion = z.infer<typeof shellQuestionSchema>;

/** Numbers and points alone: what else a system writes into its version is not told. */
const versionSchema = z.string().regex(/^\d+(\.\d+)*$/);
const wordSchema = z.string().regex(/^[a-z0-9_-]{1,20}$/);

/** What the shell says of itself for a diagnostic bundle: nothing that names anybody or any folder. Reply to `machine`. */
export const machineFactsSchema = z.strictObject({
  electron: versionSchema,
  chrome: versionSchema,
  node: versionSchema,
  platform: wordSchema,
  arch: wordSchema,
  system: versionSchema,
  settings: z.strictObject({
    locale: settingsSchema.shape.locale,
    theme: settingsSchema.shape.theme,
    expressSound: z.boolean(),
    staysInTray: z.boolean(),
  }),
  core: z.strictObject({ restarts: z.int(), warnings: z.int(), errors: z.int() }),
});
export type MachineFacts = z.infer<typeof machineFactsSchema>;

/** A file that the user gave. Reply to `file-token`, or null when the token is unknown or expired. */
export interface PickedPath {
  readonly path: string;
  readonly name: string;
  readonly size: number;
}

export const fromCoreSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), sqlite: z.string(), schemaVersion: z.int() }),
  /** Core cannot work on this data folder: the code says why, and the shell shows the recovery page. */
  z.strictObject({
    type: z.literal('failed'),
    code: z.enum([
      'FOLDER_IN_USE',
      'DATABASE_NEWER',
      'DATABASE_DAMAGED',
      'FOLDER_NOT_WRITABLE',
      'DISK_FULL',
      'UNEXPECTED',
    ]),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  /** What whoever is signed in may do; null when nobody is. */
  z.strictObject({
    type: z.literal('caller'),
    roles: z.array(z.enum(roles)).nullable(),
    /** Stored files that are not for her. */
    withheld: z.array(fileIdSchema),
  }),
  z.strictObject({ type: z.literal('need-signer') }),
  /** The signing process hangs in a driver. */
  z.strictObject({ type: z.literal('end-signer') }),
  /** Core wants a process that reads foreign files, and will call it `id`; one at a time. */
  z.strictObject({ type: z.literal('need-reader'), id: z.int() }),
  z.strictObject({ type: z.literal('end-reader'), id: z.int() }),
  z.strictObject({ type: z.literal('pong'), number: z.int() }),
  z.strictObject({ type: z.literal('ask'), id: z.int(), question: shellQuestionSchema }),
  /** Something worth a desktop notification, even when minimised. */
  z.strictObject({
    type: z.literal('notice'),
    notice: z.enum([
      'express-arrived',
      'arrived',
      'refused',
      'sending-blocked',
      'extension-asked',
      'hour-changed',
      'feedback-answered',
      'hour-kept',
    ]),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  z.strictObject({ type: z.literal('stopped') }),
]);
export type FromCore = z.infer<typeof fromCoreSchema>;

/** Where a private key is: a PKCS#12 file, a token over its PKCS#11 module, or the certificate store of Windows. */
export const keyRefSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path: z.string() }),
  z.strictObject({
    kind: z.literal('token'),
    /** Path of the driver. */
    module: z.string(),
    /** Of the token, as it names itself. */
    serial: z.string(),
    /** CKA_ID of the certificate, upper-case hex: where the token holds those of several. Null leaves it to the role. */
    certificateId: z.string().nullable(),
  }),
  /** SHA-256 of the certificate, hex. */
  z.strictObject({ kind: z.literal('store'), thumbprint: z.string() }),
]);
export type KeyRef = z.infer<typeof keyRefSchema>;

/** Requests on the port between core and the signing process. `secret` is a password or a PIN; it is never written anywhere. */
export const signerRequestSchema = z.discriminatedUnion('what', [
  z.strictObject({
    id: z.int(),
    what: z.literal('inspect'),
    key: keyRefSchema,
    secret: z.string(),
    /** DER of one whose key must be there; null when any will do. */
    certificate: z.instanceof(Uint8Array).nullable(),
  }),
  z.strictObject({
    id: z.int(),
    what: z.literal('sign'),
    key: keyRefSchema,
    secret: z.string(),
    /** DER of the signer's certificate: with its key, where there are several. */
    certificate: z.instanceof(Uint8Array),
    /** Bytes to be hashed with SHA-256 and signed: the DER of the signed attributes. */
    data: z.instanceof(Uint8Array),
  }),
  z.strictObject({
    id: z.int(),
    what: z.literal('tokens'),
    /** Path of the driver. */
    module: z.string(),
  }),
]);
export type SignerRequest = z.infer<typeof signerRequestSchema>;

/** Whose key a file, token or store holds. */
export interface KeyIdentity {
  /** DER, signer first, then its issuers as far as the file holds them. */
  readonly chain: readonly Uint8Array[];
  readonly subject: string;
  readonly organisation: string;
  /** An agency's certificate, that is its seal, rather than a person's. */
  readonly agency: boolean;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** How near a token is to locking itself: no wrong PIN since the last right one, some, one more locks it, locked. */
export type TokenPinState = 'untouched' | 'tried' | 'last-try' | 'locked';

/** What a token tells of itself without its PIN. */
export interface TokenFacts {
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  readonly pin: TokenPinState;
  readonly certificates: readonly {
    /** See {@link KeyRef}. */
    readonly id: string;
    readonly subject: string;
    readonly organisation: string;
    readonly issuer: string;
    readonly notAfter: string;
  }[];
}

export type SignerReply =
  | {
      readonly id: number;
      readonly ok: true;
      readonly holders?: readonly KeyIdentity[];
      readonly signature?: Uint8Array;
      readonly tokens?: readonly TokenFacts[];
    }
  | { readonly id: number; readonly ok: false; readonly code: string; readonly params?: ErrorParams };

/**
 * All that the reading process may occupy: a PDF of 100 MB takes about half of it. V8 has no smaller limit of its own: where
 * it runs out of heap, pdf.js takes the page for one without text, and a bomb would be imported instead of refused.
 */
export const READER_MEMORY_BYTES = 1024 * 1024 * 1024;
