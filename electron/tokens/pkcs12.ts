import { createPrivateKey, createPublicKey, createSign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import type { Certificate } from '#pdf/crypto/certificate.ts';
import { DerError, sameBytes } from '#pdf/crypto/der.ts';
import { OID } from '#pdf/crypto/oids.ts';
import type { SigningCredential } from '#pdf/sign-pdf.ts';
import { KeyFileError } from './key-file-error.ts';

// RFC 8018 derives PBES2 keys from the UTF-8 octets of the password; node-forge takes each character for an octet, and
// would turn down every password with Vietnamese letters. The MAC and the older schemes use UTF-16 and stay as they are.
const deriveKey = forge.pkcs5.pbkdf2;
forge.pkcs5.pbkdf2 = ((password: string, ...rest: unknown[]): unknown =>
  Reflect.apply(deriveKey, forge.pkcs5, [forge.util.encodeUtf8(password), ...rest])) as typeof deriveKey;

/** An opened PKCS#12 file: a credential ready to sign, with what the screen shows about its certificate. */
export interface Pkcs12Credential extends SigningCredential {
  /** Common names. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Upper-case hex. */
  readonly serial: string;
  readonly keyType: 'rsa' | 'ec';
}

/**
 * Opens a PKCS#12 file, with the encryption of today (PBES2) or of older programs (RC2, 3DES). The ASN.1 and the
 * decryption are node-forge's, so that it does not depend on what the runtime's crypto library still supports; the key
 * itself signs through node:crypto.
 * @throws KeyFileError P12_NO_PASSWORD, P12_WRONG_PASSWORD, P12_BROKEN, P12_NO_KEY, P12_KEY_UNSUPPORTED
 */
export function openPkcs12(bytes: Uint8Array, password: string): Pkcs12Credential {
  const contents = decrypt(bytes, password);
  const key = findKey(contents);
  const chain = orderChain(findCertificates(contents), key);
  const [signer] = chain;
  if (!signer) throw new KeyFileError('P12_NO_KEY');
  return {
    chain: chain.map((certificate) => certificate.der),
    subject: signer.subject.get(OID.commonName) ?? '',
    issuer: signer.issuer.get(OID.commonName) ?? '',
    notBefore: signer.notBefore,
    notAfter: signer.notAfter,
    serial: signer.serial,
    keyType: key.asymmetricKeyType === 'ec' ? 'ec' : 'rsa',
    signData: (data) => Promise.resolve(new Uint8Array(createSign('sha256').update(data).sign(key))),
  };
}

function decrypt(bytes: Uint8Array, password: string): forge.pkcs12.Pkcs12Pfx {
  let asn1: forge.asn1.Asn1;
  try {
    asn1 = forge.asn1.fromDer(forge.util.createBuffer(Buffer.from(bytes).toString('latin1')), true);
  } catch {
    throw new KeyFileError('P12_BROKEN');
  }
  try {
    return forge.pkcs12.pkcs12FromAsn1(asn1, false, password);
  } catch (error) {
    if (!isPasswordFailure(error)) throw new KeyFileError('P12_BROKEN');
    // There are files with an empty password, so it is tried; where it does not open one, nothing was typed.
    throw new KeyFileError(password === '' ? 'P12_NO_PASSWORD' : 'P12_WRONG_PASSWORD');
  }
}

/** node-forge has no error classes: these are the sentences it uses when decryption gives nonsense. */
function isPasswordFailure(error: unknown): boolean {
  return error instanceof Error && /Invalid password|MAC could not be verified|[Dd]ecrypt/.test(error.message);
}

function bags(contents: forge.pkcs12.Pkcs12Pfx, ...types: readonly (string | undefined)[]): forge.pkcs12.Bag[] {
  return types.flatMap((bagType) => (bagType === undefined ? [] : (contents.getBags({ bagType })[bagType] ?? [])));
}

function findKey(contents: forge.pkcs12.Pkcs12Pfx): KeyObject {
  const { keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;
  const [bag] = bags(contents, pkcs8ShroudedKeyBag, keyBag);
  if (!bag) throw new KeyFileError('P12_NO_KEY');
  // node-forge understands RSA keys only; any other kind stays as the decrypted PKCS#8 structure.
  const pkcs8 = bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1;
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: toBytes(pkcs8), format: 'der', type: 'pkcs8' });
  } catch {
    throw new KeyFileError('P12_KEY_UNSUPPORTED');
  }
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec') throw new KeyFileError('P12_KEY_UNSUPPORTED');
  return key;
}

function findCertificates(contents: forge.pkcs12.Pkcs12Pfx): Certificate[] {
  return bags(contents, forge.pki.oids.certBag).flatMap((bag) => {
    const der = bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1;
    try {
      return [readCertificate(toBytes(der))];
    } catch (error) {
      if (error instanceof DerError) return [];
      throw error;
    }
  });
}

function toBytes(asn1: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}

/** The certificate of the key first, then each one's issuer, as far as the file has them. */
function orderChain(certificates: readonly Certificate[], key: KeyObject): Certificate[] {
  const publicKey = createPublicKey(key);
  const own = certificates.find((certificate) => certificate.publicKey?.equals(publicKey));
  const chain = own ? [own] : [];
  for (let last = own; last && chain.length < 10;) {
    const { issuerDn, subjectDn }: Certificate = last;
    const next: Certificate | undefined = sameBytes(issuerDn, subjectDn)
      ? undefined
      : certificates.find((candidate) => sameBytes(candidate.subjectDn, issuerDn) && !chain.includes(candidate));
    if (next) chain.push(next);
    last = next;
  }
  return chain;
}
