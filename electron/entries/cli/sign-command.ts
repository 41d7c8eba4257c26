import { parseArgs } from 'node:util';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { READABLE, writeWholeFile } from '#files/write-whole-file.ts';
import { CodedError, isCodedError } from '#shared/errors/coded-error.ts';
import { chooseHolder } from '#shared/domain/key-holder.ts';
import { signatureRoles } from '#shared/domain/signature-role.ts';
import { checkSignable } from '#pdf/check-signable.ts';
import { createPdfEngine } from '#pdf/create-pdf-engine.ts';
import { MAX_PDF_BYTES } from '#pdf/limits.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { emptyTrust } from '#pdf/verify-pdf.ts';
import { openPkcs12 } from '#tokens/pkcs12.ts';
import { RefusalError, UsageError } from './failures.ts';
import { readInput, refuseExtra } from './input-file.ts';

const MAX_SMALL_FILE = 4 * 1024 * 1024;
/** The file itself is unusable: wrong use, not a refusal. */
const unreadableCodes = new Set(['PDF_EMPTY', 'PDF_NOT_PDF', 'PDF_BROKEN', 'PDF_TOO_LARGE', 'PDF_TOO_COMPLEX']);

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
  const wanted = required(values.role, '--role');
  const role = signatureRoles.find((one) => one === wanted);
  if (role === undefined) throw new UsageError('--role is person or seal');
  const password = process.env[variable];
  if (password === undefined) throw new UsageError(`the environment variable ${variable} is not set`);
  const letter = await readInput(positionals[0], MAX_PDF_BYTES);
  const keyFile = await readInput(required(values.p12, '--p12'), MAX_SMALL_FILE);
  const image = values.image === undefined ? null : await readInput(values.image, MAX_SMALL_FILE);

  const engine = createPdfEngine(() => emptyTrust);
  let signed: Uint8Array;
  try {
    checkSignable(letter);
    const holders = openPkcs12(keyFile, password).holders(new Date());
    const credential = chooseHolder(holders, role);
    if (!credential) {
      throw new CodedError('P12_SEVERAL_HOLDERS', { names: holders.map(({ subject }) => subject).join(', ') });
    }
    signed = await engine.sign(letter, {
      role,
      chain: credential.chain,
      sign: (data) => credential.signData(data),
      at: new Date(),
      image,
      place: proposeFields(await readPdfText(letter)).signatureAnchor,
    });
  } catch (error) {
    if (!isCodedError(error) || unreadableCodes.has(error.code)) throw error;
    throw new RefusalError(error.code, { cause: error });
  }
  await writeWhole(out, signed);
  return 0;
}

function required(value: string | undefined, flag: string): string {
  if (value === undefined || value === '') throw new UsageError(`${flag} is missing; see: vanthu help`);
  return value;
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeWholeFile(path, bytes, READABLE);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
