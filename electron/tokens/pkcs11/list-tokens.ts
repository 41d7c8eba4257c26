import type { TokenFacts } from '#shared/contract/control.ts';
import { describeHolder } from '../key-holders.ts';
import { loadDriver } from './driver.ts';
import type { Driver } from './driver.ts';
import { openSession } from './session.ts';
import { readTokenCertificates } from './token-certificates.ts';
import type { TokenCertificate } from './token-certificates.ts';
import { withDriver } from './token-failure.ts';
import { isGone, presentTokens } from './tokens.ts';
import type { PresentToken } from './tokens.ts';

/**
 * The tokens that a driver sees, with those certificates that are shown without a PIN.
 * @throws CodedError KEY_KIND_UNSUPPORTED, TOKEN_DRIVER_MISSING, TOKEN_DRIVER_FAILED
 */
export function listTokens(module: string): TokenFacts[] {
  return withDriver(() => {
    const driver = loadDriver(module);
    return presentTokens(driver).flatMap((token) => describeToken(driver, token));
  });
}

/** None of one that holds nothing yet, or has just been pulled out. */
function describeToken(driver: Driver, token: PresentToken): TokenFacts[] {
  try {
    const { label, manufacturer, model, serial, pin } = token;
    const certificates = shownCertificates(driver, token).map(({ certificate, id }) => {
      const { subject, organisation, issuer, notAfter } = describeHolder(certificate, []);
      return { id, subject, organisation, issuer, notAfter: notAfter.toISOString() };
    });
    return [{ label, manufacturer, model, serial, pin, certificates }];
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

function shownCertificates(driver: Driver, token: PresentToken): TokenCertificate[] {
  const session = openSession(driver, token.slot);
  try {
    return readTokenCertificates(session);
  } finally {
    session.close();
  }
}
