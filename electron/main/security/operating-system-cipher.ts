import { safeStorage } from 'electron';
import type { Cipher } from './secrets.ts';

/** DPAPI on Windows, the keyring on Linux. */
export const operatingSystemCipher: Cipher = {
  isAvailable: () => safeStorage.isEncryptionAvailable(),
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
};
