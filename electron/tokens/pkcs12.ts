import { createPublicKey, createSign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import type { Certificate } from '#pdf/crypto/certificate.ts';
import type { SigningCredential } from '#pdf/sign-pdf.ts';
import { KeyFileError } from './key-file-error.ts';
import { bestOfHolders, describeHolder } from './key-holders.ts';
import type { Holder } from './key-holders.ts';
import { readPkcs12 } from './read-pkcs12.ts';

/** A key of an opened PKCS#12 file, ready to sign, with what the screen shows about its certificate. */
export interface Pkcs12Credential extends SigningCredential, Holder {
  readonly keyType: 'rsa' | 'ec';
}

interface Pair {
  readonly key: KeyObject;
  readonly certificate: Certificate;
}

/** An opened PKCS#12 file. */
export interface OpenedPkcs12 {
  /**
   * Whose keys it could sign with at a time: one for each holder, in the order of the file, at least one.
   * @throws KeyFileError P12_NO_KEY, P12_KEY_UNSUPPORTED
   */
  holders(at: Date): [Pkcs12Credential, ...Pkcs12Credential[]];
  /**
   * The key that belongs to a certificate (DER), whichever else the file holds; the certificate itself may be renewed.
   * @throws DerError when the certificate cannot be read
   */
  keyOf(certificate: Uint8Array): Pkcs12Credential | undefined;
}

/**
 * Opens a PKCS#12 file of any program ({@link readPkcs12}). Its keys sign through node:crypto.
 * @throws KeyFileError P12_NO_PASSWORD, P12_WRONG_PASSWORD, P12_BROKEN
 */
export function openPkcs12(bytes: Uint8Array, password: string): OpenedPkcs12 {
  const contents = readPkcs12(bytes, password);
  const { certificates, unknownKeys } = contents;
  const keys = contents.keys.filter(
    ({ asymmetricKeyType }) => asymmetricKeyType === 'rsa' || asymmetricKeyType === 'ec',
  );
  const unsupported = unknownKeys > 0 || keys.length < contents.keys.length;
  const pairs = keys.flatMap((key) => {
    const publicKey = createPublicKey(key);
    const own = certificates.filter((certificate) => certificate.publicKey?.equals(publicKey));
    return own.map((certificate) => ({ key, certificate }));
  });
  return {
    holders: (at) => {
      const [first, ...others] = bestOfHolders(pairs, at);
      if (!first) throw new KeyFileError(unsupported ? 'P12_KEY_UNSUPPORTED' : 'P12_NO_KEY');
      return [credentialOf(first, certificates), ...others.map((pair) => credentialOf(pair, certificates))];
    },
    keyOf: (der) => {
      const certificate = readCertificate(der);
      const key = keys.find((candidate) => certificate.publicKey?.equals(createPublicKey(candidate)));
      return key && credentialOf({ key, certificate }, certificates);
    },
  };
}

function credentialOf({ key, certificate }: Pair, certificates: readonly Certificate[]): Pkcs12Credential {
  return {
    ...describeHolder(certificate, certificates),
    keyType: key.asymmetricKeyType === 'ec' ? 'ec' : 'rsa',
    signData: (data) => Promise.resolve(new Uint8Array(createSign('sha256').update(data).sign(key))),
  };
}
