import { parseArgs } from 'node:util';
import { MAX_PDF_BYTES } from '#pdf/limits.ts';
import { renewTimestamp } from '#pdf/renew-timestamp.ts';
import { loadTrust } from '../load-trust.ts';
import { noLog } from '../machine-ports.ts';
import { readInput, readPasswordVariable, refuseExtra, required } from './input-file.ts';
import { asRefusal, checkResult, services, writeResult } from './signed-result.ts';
import { shippedTrust } from './verify-command.ts';

/** Puts a further document time stamp over a file of level B-LT or B-LTA. Refusals as those of `sign`. */
export async function renewCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { tsa: { type: 'string' }, out: { type: 'string' }, 'pdf-password-env': { type: 'string' } },
  });
  refuseExtra(positionals, 1);
  const tsa = required(values.tsa, '--tsa');
  const out = required(values.out, '--out');
  const password = readPasswordVariable(values['pdf-password-env']) ?? '';
  const letter = await readInput(positionals[0], MAX_PDF_BYTES);
  const trust = loadTrust([shippedTrust], noLog);
  let renewed: Uint8Array;
  try {
    renewed = await renewTimestamp(letter, trust, services(tsa), () => new Date(), password);
    checkResult(renewed, trust, password);
  } catch (error) {
    throw asRefusal(error);
  }
  await writeResult(out, renewed);
  return 0;
}
