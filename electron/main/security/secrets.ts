import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Log } from '../diagnostics/log.ts';
import { writeWholeFile } from '#files/write-whole-file.ts';
import { systemCode } from '../diagnostics/system-code.ts';

/** The key store of the operating system, as Electron's safeStorage gives it. */
export interface Cipher {
  isAvailable(): boolean;
  encrypt(text: string): Uint8Array;
  /** @throws Error when the bytes were encrypted by another user or machine */
  decrypt(bytes: Uint8Array): string;
}

export interface Secrets {
  /** Null when there is none, or it cannot be read on this machine. */
  get(name: string): Promise<string | null>;
  /** False when it could not be kept. */
  set(name: string, value: string): Promise<boolean>;
}

const fileSchema = z.strictObject({
  version: z.literal(1),
  secrets: z.record(
    z.string(),
    z.strictObject({
      /** `plain` where the system has no key store: then the file's mode (0600) is all that protects it. */
      form: z.enum(['encrypted', 'plain']),
      /** Base64 of the encrypted bytes, or the text itself. */
      value: z.string(),
    }),
  ),
});
type SecretsFile = z.infer<typeof fileSchema>;

/** Keeps small secrets (the workstation's key for the exchange) in `file`, encrypted for this user of this machine. */
export function createSecrets(file: string, cipher: Cipher, log: Log): Secrets {
  let warned = false;
  /** One change at a time: each one rewrites the whole file. */
  let last: Promise<unknown> = Promise.resolve();

  function seal(value: string): SecretsFile['secrets'][string] {
    if (cipher.isAvailable())
      return { form: 'encrypted', value: Buffer.from(cipher.encrypt(value)).toString('base64') };
    if (!warned) log.warn('secrets-kept-plain');
    warned = true;
    return { form: 'plain', value };
  }

  async function write(name: string, value: string): Promise<boolean> {
    try {
      const { secrets } = await read(file);
      const next: SecretsFile = { version: 1, secrets: { ...secrets, [name]: seal(value) } };
      await writeWholeFile(file, JSON.stringify(next));
      return true;
    } catch (error) {
      log.error('secret-not-kept', { reason: systemCode(error) });
      return false;
    }
  }

  return {
    async get(name) {
      try {
        const { secrets } = await read(file);
        const found = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
        if (found === undefined) return null;
        return found.form === 'plain' ? found.value : cipher.decrypt(Buffer.from(found.value, 'base64'));
      } catch (error) {
        log.error('secret-unreadable', { reason: systemCode(error) });
        return null;
      }
    },
    set(name, value) {
      const done = last.then(() => write(name, value));
      last = done;
      return done;
    },
  };
}

async function read(file: string): Promise<SecretsFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { version: 1, secrets: {} };
    throw error;
  }
  return fileSchema.parse(JSON.parse(text));
}
