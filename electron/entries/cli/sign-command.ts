import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { expectedFailure } from '#core/dispatch/answer-call.ts';
import { createPdfEngine } from '#pdf/create-pdf-engine.ts';
import { MAX_PDF_BYTES } from '#pdf/limits.ts';
import { EMPTY_TRUST } from '#pdf/verify-pdf.ts';
import { openPkcs12 } from '#tokens/pkcs12.ts';
import { RefusalError, UsageError } from './failures.ts';
import { readInput, refuseExtra } from './input-file.ts';

const MAX_SMALL_FILE = 4 * 1024 * 1024;
/** The file itself is unusable: wrong use, not a refusal. */
const UNREADABLE = new Set(['PDF_EMPTY', 'PDF_NOT_PDF', 'PDF_BROKEN', 'PDF_TOO_LARGE', 'PDF_TOO_COMPLEX']);

/** Signs as a person or seals as an agency. The password comes from the environment, so that no list of processes shows it. */
export async function signCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      p12: { type: 'string' },
      'password-env': { type: 'string' },
      role: { type: 'string' },
      out: { type: 'string' },
      image: { type: 'string' },
    },
  });
  refuseExtra(positionals, 1);
  const variable = required(values['password-env'], '--password-env');
  const out = required(values.out, '--out');
  const role = required(values.role, '--role');
  if (role !== 'person' && role !== 'seal') throw new UsageError('--role is person or seal');
  const password = process.env[variable];
  if (password === undefined) throw new UsageError(`the environment variable ${variable} is not set`);
  const letter = await readInput(positionals[0], MAX_PDF_BYTES);
  const keyFile = await readInput(required(values.p12, '--p12'), MAX_SMALL_FILE);
  const image = values.image === undefined ? null : await readInput(values.image, MAX_SMALL_FILE);

  const engine = createPdfEngine(() => EMPTY_TRUST);
  let signed: Uint8Array;
  try {
    engine.checkSignable(letter);
    const credential = openPkcs12(keyFile, password);
    signed = await engine.sign(letter, {
      role,
      chain: credential.chain,
      sign: (data) => credential.signData(data),
      at: new Date(),
      image,
      place: proposeFields(await engine.readText(letter)).signatureAnchor,
    });
  } catch (error) {
    const code = expectedFailure(error)?.code;
    if (code === undefined || UNREADABLE.has(code)) throw error;
    throw new RefusalError(code, { cause: error });
  }
  await writeWhole(out, signed);
  return 0;
}

function required(value: string | undefined, flag: string): string {
  if (value === undefined || value === '') throw new UsageError(`${flag} is missing; see: vanthu help`);
  return value;
}

/** All of the file or none of it, also when the disk fills up. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temp = `${path}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temp, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temp, path);
  } catch (error) {
    await rm(temp, { force: true });
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
