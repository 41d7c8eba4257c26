import { CodedError } from '#shared/errors/coded-error.ts';
import { RETURNED } from './constants.ts';
import { DriverError } from './driver.ts';
import type { Driver } from './driver.ts';
import { isGone, presentTokens } from './tokens.ts';
import type { PresentToken } from './tokens.ts';

/**
 * Does something with a token and says what its failure means to the person who holds it.
 * @throws CodedError TOKEN_PIN_WRONG, TOKEN_PIN_LAST_TRY, TOKEN_PIN_LOCKED, TOKEN_REMOVED, TOKEN_DRIVER_FAILED
 */
export function withToken<T>(driver: Driver, token: PresentToken, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof DriverError) throw tokenFailure(driver, token, error);
    throw error;
  }
}

/** @throws CodedError TOKEN_DRIVER_FAILED of a driver that no token is asked of yet */
export function withDriver<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof DriverError) throw driverFailed(error);
    throw error;
  }
}

const wrongPin: readonly number[] = [RETURNED.PIN_INCORRECT, RETURNED.PIN_INVALID, RETURNED.PIN_LEN_RANGE];
const noSession: readonly number[] = [RETURNED.SESSION_CLOSED, RETURNED.SESSION_HANDLE_INVALID];

function tokenFailure(driver: Driver, { serial }: PresentToken, error: DriverError): CodedError {
  if (error.value === RETURNED.PIN_LOCKED) return new CodedError('TOKEN_PIN_LOCKED', {}, { cause: error });
  if (isGone(error) || noSession.includes(error.value)) return new CodedError('TOKEN_REMOVED', {}, { cause: error });
  const now = seen(driver).find((token) => token.serial === serial);
  if (wrongPin.includes(error.value)) {
    const code =
      now?.pin === 'locked' ? 'TOKEN_PIN_LOCKED' : now?.pin === 'last-try' ? 'TOKEN_PIN_LAST_TRY' : 'TOKEN_PIN_WRONG';
    return new CodedError(code, {}, { cause: error });
  }
  // Drivers give all kinds of reasons when a token is pulled out; that it is not there any more is plainer.
  return now === undefined ? new CodedError('TOKEN_REMOVED', {}, { cause: error }) : driverFailed(error);
}

function driverFailed(error: DriverError): CodedError {
  return new CodedError('TOKEN_DRIVER_FAILED', { reason: error.message }, { cause: error });
}

/** None where the driver does not even answer that. */
function seen(driver: Driver): readonly PresentToken[] {
  try {
    return presentTokens(driver);
  } catch (error) {
    if (error instanceof DriverError) return [];
    throw error;
  }
}
