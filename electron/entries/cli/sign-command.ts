import { parseArgs } from 'node:util';
import { CodedError } from '#shared/errors/coded-error.ts';
import { chooseHolder } from '#shared/domain/key-holder.ts';
import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import { signatureRoles } from '#shared/domain/signature-role.ts';
import type { SignatureRole } from '#shared/domain/signature-role.ts';
import { PADES_LEVELS } from '#shared/domain/verification.ts';
import type { PadesLevel } from '#shared/domain/verification.ts';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { checkSignable } from '#pdf/check-signable.ts';
import { toAnchor } from '#pdf/create-pdf-engine.ts';
import { MAX_PDF_BYTES } from '#pdf/limits.ts';
import { readPageView, visibleSize } from '#pdf/sign/geometry.ts';
import { signPdf } from '#pdf/sign-pdf.ts';
import { signAtLevel } from '#pdf/sign-at-level.ts';
import type { SignatureAppearance } from '#pdf/sign-pdf.ts';
import { Budget } from '#pdf/syntax/budget.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import { pageAt, readPages } from '#pdf/syntax/page-tree.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { loadTrust } from '../load-trust.ts';
import { noLog } from '../machine-ports.ts';
import { UsageError } from './failures.ts';
import { readInput, readPasswordVariable, refuseExtra, required } from './input-file.ts';
import { asRefusal, checkResult, services, writeResult } from './signed-result.ts';
import { withKeys } from './signing-key.ts';
import type { HeldKey, KeySource } from './signing-key.ts';
import { shippedTrust } from './verify-command.ts';

const MAX_SMALL_FILE = 4 * 1024 * 1024;

interface Signing {
  readonly letter: Uint8Array;
  readonly key: KeySource;
  /** Opens an encrypted letter; empty for none. */
  readonly pdfPassword: string;
  readonly role: SignatureRole;
  readonly image: Uint8Array | null;
  /** Null lets the letter's text decide. */
  readonly place: PageRectangle | null;
  readonly level: PadesLevel;
  /** Address of the time-stamp server that every level but B-B needs. */
  readonly tsa: string | undefined;
}

/**
 * Signs as a person or seals as an agency. Whatever keeps the letter from being signed is a refusal with its code
 * (status 3), and nothing is written then; wrong use of the command is status 2.
 */
export async function signCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      p12: { type: 'string' },
      'password-env': { type: 'string' },
      token: { type: 'string' },
      serial: { type: 'string' },
      certificate: { type: 'string' },
      'pin-env': { type: 'string' },
      role: { type: 'string' },
      level: { type: 'string', default: 'B-B' },
      tsa: { type: 'string' },
      'pdf-password-env': { type: 'string' },
      out: { type: 'string' },
      image: { type: 'string' },
      page: { type: 'string' },
      rect: { type: 'string' },
    },
  });
  refuseExtra(positionals, 1);
  const out = required(values.out, '--out');
  const wanted = required(values.role, '--role');
  const role = signatureRoles.find((one) => one === wanted);
  if (role === undefined) throw new UsageError('--role is person or seal');
  const level = PADES_LEVELS.find((one) => one === values.level);
  if (level === undefined) throw new UsageError(`--level is ${PADES_LEVELS.join(', ')}`);
  const place = readPlace(values.page, values.rect);
  const key = await readKeySource(values);
  const pdfPassword = readPasswordVariable(values['pdf-password-env']) ?? '';
  const letter = await readInput(positionals[0], MAX_PDF_BYTES);
  const image = values.image === undefined ? null : await readInput(values.image, MAX_SMALL_FILE);
  if (level !== 'B-B' && values.tsa === undefined) throw new UsageError(`--level ${level} needs --tsa`);
  if (level === 'B-B' && values.tsa !== undefined) throw new UsageError('--tsa needs --level B-T or above');
  let signed: Uint8Array;
  try {
    signed = await sign({ letter, key, pdfPassword, role, image, place, level, tsa: values.tsa });
  } catch (error) {
    throw asRefusal(error);
  }
  await writeResult(out, signed);
  return 0;
}

/** `--p12 P12 --password-env VAR`, or `--token MODULE [--serial S] [--certificate ID] --pin-env VAR`. */
async function readKeySource(values: Readonly<Record<string, string | boolean | undefined>>): Promise<KeySource> {
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const ofFile = ['p12', 'password-env'];
  const ofToken = ['token', 'serial', 'certificate', 'pin-env'];
  const given = (names: readonly string[]): boolean => names.some((name) => values[name] !== undefined);
  if (given(ofFile) && given(ofToken))
    throw new UsageError('the key is in a file (--p12) or on a token (--token), not both');
  if (!given(ofToken)) {
    const password = readPasswordVariable(required(text('password-env'), '--password-env'));
    return { kind: 'file', bytes: await readInput(required(text('p12'), '--p12'), MAX_SMALL_FILE), password };
  }
  const module = required(text('token'), '--token');
  const pin = readPasswordVariable(required(text('pin-env'), '--pin-env'));
  return { kind: 'token', module, serial: text('serial'), certificateId: text('certificate')?.toUpperCase(), pin };
}

/** @throws CodedError of everything that refuses */
async function sign({ key, ...signing }: Signing): Promise<Uint8Array> {
  checkSignable(signing.letter, signing.pdfPassword);
  const now = new Date();
  return await withKeys(key, now, (keys) => signWith(chooseKey(keys, key, signing.role), signing, now));
}

function chooseKey(keys: readonly HeldKey[], { kind }: KeySource, role: SignatureRole): HeldKey {
  const chosen = chooseHolder(keys, role);
  if (chosen) return chosen;
  const names = keys.map(({ subject }) => subject).join(', ');
  if (kind === 'file') throw new CodedError('P12_SEVERAL_HOLDERS', { names });
  throw new UsageError(`the token has keys of ${names}; name one with --certificate, see: vanthu token list`);
}

async function signWith(
  credential: HeldKey,
  { letter, pdfPassword, role, image, place, level, tsa = '' }: Omit<Signing, 'key'>,
  now: Date,
): Promise<Uint8Array> {
  const trust = loadTrust([shippedTrust], noLog);
  const request = { role, credential, signingTime: now, trust, password: pdfPassword };
  const appearance = { image, ...(await placeOf(letter, place, pdfPassword)) };
  const whole = { ...request, appearance };
  const bytes =
    level === 'B-B'
      ? (await signPdf(letter, whole)).bytes
      : await signAtLevel(letter, whole, level, services(tsa), () => new Date());
  checkResult(bytes, trust, pdfPassword);
  return bytes;
}

async function placeOf(
  letter: Uint8Array,
  place: PageRectangle | null,
  password: string,
): Promise<Pick<SignatureAppearance, 'rect' | 'anchor'>> {
  const document = openPdf(letter, new Budget(), password);
  if (place !== null) {
    const { width, height } = visibleSize(readPageView(document, pageAt(readPages(document), place.page + 1)));
    if (place.x + place.width > width || place.y + place.height > height) {
      throw new UsageError(`--rect is not on page ${place.page + 1}, which is ${width} x ${height} points`);
    }
    return { rect: toAnchor(document, place) };
  }
  const anchor = proposeFields(await readPdfText(letter, { password })).signatureAnchor;
  return anchor === null ? {} : { anchor: toAnchor(document, anchor) };
}

/** `--page N --rect x,y,w,h`: points from the lower left corner of the page as it is shown. */
function readPlace(page: string | undefined, rect: string | undefined): PageRectangle | null {
  if (page === undefined && rect === undefined) return null;
  if (page === undefined || rect === undefined) throw new UsageError('--page and --rect belong together');
  const number = /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 0;
  if (number === 0) throw new UsageError('--page is a number from 1');
  const parts = rect.split(',').map((part) => (/^\d{1,5}(\.\d{1,4})?$/.test(part.trim()) ? Number(part) : -1));
  const [x = -1, y = -1, width = 0, height = 0] = parts;
  if (parts.length !== 4 || x < 0 || y < 0 || width <= 0 || height <= 0) {
    throw new UsageError('--rect is x,y,width,height in points, such as 300,120,160,60');
  }
  return { page: number - 1, x, y, width, height };
}
