import { CodedError, isCodedError } from '#shared/errors/coded-error.ts';
import type { ValidationServices } from '#core/ports/validation-services.ts';
import { READABLE, writeWholeFile } from '#files/write-whole-file.ts';
import { httpValidationServices } from '#network/validation-services.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import type { TrustStore } from '#pdf/verify-pdf.ts';
import { RefusalError, UsageError } from './failures.ts';

/** What the commands that sign or renew have in common: whom they ask, what they give away, how they refuse. */

/** @throws CodedError TSA_ADDRESS */
export function services(timestampAddress: string): ValidationServices {
  return httpValidationServices((url, init) => fetch(url, init), { timestampAddress });
}

/**
 * Trust in the issuer is the reader's affair; everything else has to be beyond doubt.
 * @param password opens an encrypted file, empty for one that opens without
 * @throws CodedError SIGN_RESULT_INVALID
 */
export function checkResult(bytes: Uint8Array, trust: TrustStore, password: string): void {
  const { integrity, verdict, signatures } = verifyPdf(bytes, { trust, now: new Date(), password });
  if (integrity === 'VALID' && verdict !== 'INVALID' && verdict !== 'WARN') return;
  const reasons = signatures.flatMap(({ findings }) => findings).map(({ code }) => code);
  throw new CodedError('SIGN_RESULT_INVALID', { verdict, reasons: [...new Set(reasons)].join(', ') });
}

/** Whatever keeps a file from being made is a refusal with its code; anything else is a bug, as it came. */
export function asRefusal(error: unknown): unknown {
  return isCodedError(error) ? new RefusalError(error.code, { cause: error }) : error;
}

export async function writeResult(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeWholeFile(path, bytes, READABLE);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
