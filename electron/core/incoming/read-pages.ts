import type { Proposal } from '#shared/domain/proposal.ts';
import { isReceptionWarning, type ReceptionWarning } from '#shared/domain/reception-warnings.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';

/** Pages of one message that may exceed the limits of reading before no further one is tried. */
const MOST_OVERRUNS = 2;

export interface ReadPages {
  readonly proposal: Proposal | null;
  readonly verification: VerificationReport | null;
  readonly pageCount: number;
}

/**
 * What a PDF from outside says and what its signatures prove, apart: what ends the reading of the one leaves the other. Adds
 * to `warnings` why it could not be read.
 */
export async function readPages(ctx: CoreContext, fileId: string, warnings: ReceptionWarning[]): Promise<ReadPages> {
  const verification = await attempt(ctx, () => ctx.reader.verify(fileId, ctx.clock.now()), warnings);
  const proposal = await attempt(ctx, () => ctx.reader.readPage(fileId), warnings);
  return { proposal, verification, pageCount: proposal?.pageCount ?? 0 };
}

async function attempt<T>(ctx: CoreContext, work: () => Promise<T>, warnings: ReceptionWarning[]): Promise<T | null> {
  // Each costs half a minute, in which nobody else's letter is taken in.
  if (warnings.filter((code) => code === 'READING_LIMIT').length >= MOST_OVERRUNS) return null;
  try {
    return await work();
  } catch (error) {
    // Says nothing of the page: the whole letter is taken in later.
    if (isCodedError(error) && error.code === 'READER_UNAVAILABLE') throw error;
    warnings.push(warningOf(ctx, error));
    return null;
  }
}

/** A page that cannot be read is still a document that arrived, also when reading it meets a bug of ours. */
function warningOf(ctx: CoreContext, error: unknown): ReceptionWarning {
  if (isCodedError(error) && isReceptionWarning(error.code)) return error.code;
  ctx.log.error('page-broke', error);
  return 'PDF_BROKEN';
}
