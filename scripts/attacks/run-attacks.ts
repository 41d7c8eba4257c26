import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as aMoment } from 'node:timers/promises';
import type { DocumentVerdict, VerificationReport } from '#shared/domain/verification.ts';
import { PdfError } from '#pdf/pdf-error.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import type { TrustStore } from '#pdf/verify-pdf.ts';
import { seededRandom } from '#scripts/faults/random.ts';
import { trust } from '#tests/support/signing-fixtures.ts';
import { allowedKinds } from './allowed-kinds.ts';
import { byteKinds } from './byte-kinds.ts';
import { changeKinds } from './change-kinds.ts';
import { fieldKinds } from './field-kinds.ts';
import { allowedVerdicts } from './kind.ts';
import type { Kind } from './kind.ts';
import { lexicalKinds } from './lexical-kinds.ts';
import { makeSignedFile } from './signed-file.ts';

export const kinds: readonly Kind[] = [...byteKinds, ...lexicalKinds, ...changeKinds, ...fieldKinds, ...allowedKinds];

export type Outcome = DocumentVerdict | 'refused';

export interface Result {
  readonly kind: Kind;
  /** The case again: `--seed S --only INDEX`. */
  readonly index: number;
  readonly outcome: Outcome;
  readonly holds: boolean;
  readonly bytes: Uint8Array;
  readonly codes: string;
}

export interface Run {
  readonly seed: number;
  readonly count: number;
  readonly only?: number | undefined;
  /** Kinds whose group or name contains this text. */
  readonly kind?: string | undefined;
}

/** Draws for one file that a kind can be applied to. */
const TRIES = 30;

/** @yields one result a file, all kinds in turn */
export async function* runAttacks({ seed, count, only, kind: wantedKind }: Run): AsyncGenerator<Result> {
  const chosen = kinds.filter(
    ({ group, name }) => wantedKind === undefined || `${group}: ${name}`.includes(wantedKind),
  );
  if (chosen.length === 0) throw new Error(`no kind is called ${wantedKind ?? ''}`);
  const store = trust();
  for (let index = 0; index < count; index += 1) {
    if (only !== undefined && index !== only) continue;
    const kind = chosen[index % chosen.length];
    if (!kind) return;
    const bytes = await makeCase(kind, seed, index);
    const { outcome, codes } = judge(bytes, store);
    // Or no signal would reach the process.
    await aMoment();
    yield { kind, index, outcome, holds: allowedVerdicts[kind.expects].includes(outcome), bytes, codes };
  }
}

/** A kind may not fit a file (no such field, nothing to change): then the next draw. */
async function makeCase(kind: Kind, seed: number, index: number): Promise<Uint8Array> {
  let reason: unknown;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const random = seededRandom(seed * 1_000_003 + index, attempt);
    try {
      return await kind.make(await makeSignedFile(random, kind.wanted), random);
    } catch (error) {
      reason = error;
    }
  }
  throw new Error(`nothing could be made for "${kind.group}: ${kind.name}": ${String(reason)}`, { cause: reason });
}

export function judge(
  bytes: Uint8Array,
  store: TrustStore,
): { outcome: Outcome; codes: string; report?: VerificationReport } {
  try {
    const report = verifyPdf(bytes, { trust: store, now: new Date() });
    const findings = [...report.findings, ...report.signatures.flatMap((signature) => signature.findings)];
    const codes = new Set(
      findings
        .filter(({ severity }) => severity !== 'info')
        .map(({ code, params }) => `${code} ${JSON.stringify(params)}`),
    );
    return { outcome: report.verdict, codes: [...codes].join('; '), report };
  } catch (error) {
    if (error instanceof PdfError)
      return { outcome: 'refused', codes: `${error.code} ${JSON.stringify(error.params)}` };
    throw error;
  }
}

/** Leaves a file where it can be looked at. */
export function keepFile(folder: string, title: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${title.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.pdf`);
  writeFileSync(file, bytes);
  return file;
}
