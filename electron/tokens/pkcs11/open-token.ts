import { createHash, verify } from 'node:crypto';
import type { KeyRef } from '#shared/contract/control.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import { toHex } from '#pdf/crypto/der.ts';
import { bestOfHolders, describeHolder, identityOf } from '../key-holders.ts';
import type { KeyPair } from '../key-holders.ts';
import type { KeySession } from '../key-session.ts';
import { ATTRIBUTE, KEY_TYPE, MECHANISM, OBJECT } from './constants.ts';
import { loadDriver } from './driver.ts';
import { openSession } from './session.ts';
import type { ObjectHandle, TokenSession } from './session.ts';
import { digestInfo, ecdsaValue } from './signature-forms.ts';
import { readTokenCertificates } from './token-certificates.ts';
import type { TokenCertificate } from './token-certificates.ts';
import { withDriver, withToken } from './token-failure.ts';
import { presentTokens } from './tokens.ts';

type TokenRef = Extract<KeyRef, { kind: 'token' }>;

interface TokenPair extends KeyPair {
  readonly type: 'rsa' | 'ec';
  readonly key: ObjectHandle;
}

/**
 * Logs in to a token and finds its keys. The PIN is tried once, and not at all where it cannot be right. A login belongs
 * to the process: another session must not be open meanwhile.
 * @param pin empty where the reader has keys of its own
 * @throws CodedError KEY_KIND_UNSUPPORTED, TOKEN_DRIVER_MISSING, TOKEN_DRIVER_FAILED, TOKEN_NOT_FOUND, TOKEN_REMOVED,
 *   TOKEN_PIN_MISSING, TOKEN_PIN_WRONG, TOKEN_PIN_LAST_TRY, TOKEN_PIN_LOCKED, TOKEN_KEY_MISSING
 */
export async function openToken(ref: TokenRef, pin: string, at: Date): Promise<KeySession> {
  const driver = withDriver(() => loadDriver(ref.module));
  const token = withDriver(() => presentTokens(driver)).find(({ serial }) => serial === ref.serial);
  if (!token) throw new CodedError('TOKEN_NOT_FOUND', { serial: ref.serial });
  if (token.pin === 'locked') throw new CodedError('TOKEN_PIN_LOCKED');
  if (pin === '' && !token.ownKeys) throw new CodedError('TOKEN_PIN_MISSING');
  return withToken(driver, token, () => {
    const session = openSession(driver, token.slot);
    try {
      session.login(pin === '' ? null : pin);
      const certificates = readTokenCertificates(session);
      const wanted = certificates.filter(({ id }) => ref.certificateId === null || id === ref.certificateId);
      const pairs = pairsOf(session, wanted);
      const beside = certificates.map(({ certificate }) => certificate);
      const describe = ({ certificate }: KeyPair) => identityOf(describeHolder(certificate, beside));
      const [first, ...others] = bestOfHolders(pairs, at).map(describe);
      if (!first) throw new CodedError('TOKEN_KEY_MISSING');
      return {
        holders: [first, ...others],
        has: (certificate) => pairOf(pairs, certificate) !== undefined,
        sign: async (certificate, data) => {
          const pair = pairOf(pairs, certificate);
          if (!pair) throw new CodedError('SIGN_KEY_MISMATCH');
          return withToken(driver, token, () => signWith(session, pair, data));
        },
        close: () => session.end(),
      };
    } catch (error) {
      session.end();
      throw error;
    }
  });
}

/** Certificates whose private key the token shows to whoever is logged in; both bear the same CKA_ID. */
function pairsOf(session: TokenSession, certificates: readonly TokenCertificate[]): TokenPair[] {
  const keys = session.find(OBJECT.PRIVATE_KEY).map((handle) => ({
    handle,
    id: toHex(session.attribute(handle, ATTRIBUTE.ID) ?? new Uint8Array()),
    type: session.number(handle, ATTRIBUTE.KEY_TYPE),
  }));
  return certificates.flatMap(({ certificate, id }) => {
    const type = certificate.publicKey?.asymmetricKeyType;
    if (type !== 'rsa' && type !== 'ec') return [];
    const own = keys.find((key) => key.id === id && key.type === KEY_TYPE[type]);
    return own === undefined ? [] : [{ certificate, type, key: own.handle }];
  });
}

/** The key of a certificate, also where the one on the token is older or newer. @throws DerError */
function pairOf(pairs: readonly TokenPair[], der: Uint8Array): TokenPair | undefined {
  const { publicKey } = readCertificate(der);
  return publicKey && pairs.find(({ certificate }) => certificate.publicKey?.equals(publicKey));
}

/** @throws DriverError, CodedError TOKEN_DRIVER_FAILED of a signature that is none */
function signWith(session: TokenSession, { certificate, type, key }: TokenPair, data: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(data).digest();
  const raw = session.sign(key, MECHANISM[type], type === 'rsa' ? digestInfo(hash) : hash);
  const signature = type === 'rsa' ? raw : ecdsaValue(raw);
  // A driver that takes another key, or pads by itself, must not come to light at the recipient's.
  if (!certificate.publicKey || !verify('sha256', data, certificate.publicKey, signature)) {
    throw new CodedError('TOKEN_DRIVER_FAILED', { reason: 'C_Sign' });
  }
  return signature;
}
