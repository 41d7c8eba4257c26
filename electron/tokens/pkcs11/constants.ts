/** Numbers of PKCS #11 v2.40 that are used here, by their names in the standard without prefix. */

/** CKR: what a function returns. */
export const RETURNED = {
  OK: 0x0,
  SLOT_ID_INVALID: 0x3,
  ATTRIBUTE_SENSITIVE: 0x11,
  ATTRIBUTE_TYPE_INVALID: 0x12,
  DEVICE_REMOVED: 0x32,
  FUNCTION_NOT_SUPPORTED: 0x54,
  PIN_INCORRECT: 0xa0,
  PIN_INVALID: 0xa1,
  PIN_LEN_RANGE: 0xa2,
  PIN_LOCKED: 0xa4,
  SESSION_CLOSED: 0xb0,
  SESSION_HANDLE_INVALID: 0xb3,
  TOKEN_NOT_PRESENT: 0xe0,
  TOKEN_NOT_RECOGNIZED: 0xe1,
  USER_ALREADY_LOGGED_IN: 0x100,
  CRYPTOKI_ALREADY_INITIALIZED: 0x191,
} as const;

/** CKF of a token. */
export const TOKEN_FLAG = {
  PROTECTED_AUTHENTICATION_PATH: 0x100,
  USER_PIN_COUNT_LOW: 0x1_0000,
  USER_PIN_FINAL_TRY: 0x2_0000,
  USER_PIN_LOCKED: 0x4_0000,
} as const;

/** CKF of a session; all are serial, as the standard wants. */
export const SERIAL_SESSION = 0x4;

/** CKU */
export const USER = 1;

/** CKO */
export const OBJECT = { CERTIFICATE: 1, PRIVATE_KEY: 3 } as const;

/** CKA */
export const ATTRIBUTE = { CLASS: 0x0, VALUE: 0x11, CERTIFICATE_TYPE: 0x80, KEY_TYPE: 0x100, ID: 0x102 } as const;

/** CKC */
export const X_509 = 0;

/** CKK */
export const KEY_TYPE = { rsa: 0, ec: 3 } as const;

/** CKM: of RSA the bare padding of PKCS#1 v1.5, of ECDSA the bare signature; both leave hashing to the caller. */
export const MECHANISM = { rsa: 0x1, ec: 0x1041 } as const;
