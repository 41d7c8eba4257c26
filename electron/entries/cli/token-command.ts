import { parseArgs } from 'node:util';
import type { TokenFacts, TokenPinState } from '#shared/contract/control.ts';
import { createForkedSigner } from '../forked-signer.ts';
import { UsageError } from './failures.ts';
import { printFields, printJson, refuseExtra, required } from './input-file.ts';

const pinWords: Readonly<Record<TokenPinState, string>> = {
  untouched: 'no wrong try since the last right one',
  tried: 'wrong ones were tried',
  'last-try': 'ONE TRY IS LEFT: another wrong PIN locks the token',
  locked: 'LOCKED; its issuer can unlock it',
};

/** `token list --module PATH`: the tokens that a driver sees. No PIN is tried. */
export async function tokenCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { module: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (positionals[0] !== 'list') throw new UsageError('token wants: list --module PATH');
  refuseExtra(positionals, 1);
  const module = required(values.module, '--module');
  const signer = createForkedSigner();
  try {
    const tokens = await signer.tokens(module);
    if (values.json) printJson({ tokens });
    else for (const token of tokens) printToken(token);
    if (!values.json && tokens.length === 0) process.stdout.write('no token\n');
  } finally {
    signer.close();
  }
  return 0;
}

function printToken({ label, serial, manufacturer, model, pin, certificates }: TokenFacts): void {
  const shown = certificates.map(
    ({ id, subject, organisation, notAfter }) =>
      `${id}  ${[subject, organisation].filter((name) => name !== '').join(', ')}  until ${notAfter.slice(0, 10)}`,
  );
  const made = `${manufacturer} ${model}`.trim();
  printFields({ token: label, serial, made, PIN: pinWords[pin], certificates: shown });
}
