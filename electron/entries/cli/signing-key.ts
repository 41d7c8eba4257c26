import type { KeyRef } from '#shared/contract/control.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { SigningCredential } from '#pdf/sign-pdf.ts';
import { openPkcs12 } from '#tokens/pkcs12.ts';
import { createForkedSigner } from '../forked-signer.ts';
import type { ForkedSigner } from '../forked-signer.ts';
import { UsageError } from './failures.ts';

/** Where the key is, as the command line names it. */
export type KeySource =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly password: string }
  | {
      readonly kind: 'token';
      readonly module: string;
      /** Undefined takes the only token that is there. */
      readonly serial: string | undefined;
      readonly certificateId: string | undefined;
      readonly pin: string;
    };

/** Somebody's key, ready to sign. */
export interface HeldKey extends SigningCredential {
  readonly subject: string;
  readonly agency: boolean;
}

/**
 * Opens a key, lets `use` work with whoever's keys are in it, and closes it. A token is asked in a process of its own,
 * which a driver may crash or hang.
 * @throws CodedError of the signing process, UsageError where the command line names none of several tokens
 */
export async function withKeys<T>(source: KeySource, at: Date, use: (keys: readonly HeldKey[]) => Promise<T>) {
  if (source.kind === 'file') return await use(openPkcs12(source.bytes, source.password).holders(at));
  const { module, certificateId = null, pin } = source;
  const signer = createForkedSigner();
  try {
    const serial = source.serial ?? (await onlyToken(signer, module));
    const ref: KeyRef = { kind: 'token', module, serial, certificateId };
    const holders = await signer.inspect(ref, pin, null);
    const keys = holders.map(({ chain, subject, agency }) => ({
      chain,
      subject,
      agency,
      signData: (data: Uint8Array) => signer.sign(ref, pin, chain[0] ?? new Uint8Array(), data),
    }));
    return await use(keys);
  } finally {
    signer.close();
  }
}

async function onlyToken(signer: ForkedSigner, module: string): Promise<string> {
  const tokens = await signer.tokens(module);
  const [only, ...others] = tokens;
  if (only === undefined) throw new CodedError('TOKEN_NOT_FOUND');
  if (others.length === 0) return only.serial;
  const named = tokens.map(({ serial, label }) => `${serial} (${label})`).join(', ');
  throw new UsageError(`there are several tokens; name one with --serial: ${named}`);
}
