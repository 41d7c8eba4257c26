import { parseArgs } from 'node:util';
import { isCodedError } from '#shared/errors/coded-error.ts';
import { MAX_PDF_BYTES } from '#pdf/limits.ts';
import { makeSignable } from '#pdf/make-signable.ts';
import { describe, EXIT_REFUSED } from './failures.ts';
import { printJson, readInput, readPasswordVariable, refuseExtra } from './input-file.ts';

/**
 * Says what importing a draft would: `as-it-is`, `after-mending` with what is mended, or `no` with the reason, and the exit
 * status EXIT_REFUSED. Of an encrypted file, which is not imported, it says what `sign` would. Nothing is written.
 */
export async function checkCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, 'pdf-password-env': { type: 'string' } },
  });
  refuseExtra(positionals, 1);
  const password = readPasswordVariable(values['pdf-password-env']);
  const bytes = await readInput(positionals[0], MAX_PDF_BYTES);
  try {
    const { pageCount, mended } = await makeSignable(bytes, 'letter', password ?? '');
    const mends = mended?.mends ?? [];
    const signable = mended === null ? 'as-it-is' : 'after-mending';
    if (values.json) printJson({ signable, pageCount, mends });
    else process.stdout.write(`${[signable, ...mends].join(' ')}\n`);
    return 0;
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const { code, params } = error;
    if (values.json) printJson({ signable: 'no', code, params, why: describe(error) });
    else process.stdout.write(`no ${describe(error)}\n`);
    return EXIT_REFUSED;
  }
}
