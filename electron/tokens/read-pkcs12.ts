import { createHmac, createPrivateKey, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { toDefiniteForm } from '#pdf/crypto/ber.ts';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import type { Certificate } from '#pdf/crypto/certificate.ts';
import {
  children,
  contextTag,
  DerError,
  expectTag,
  ifReadable,
  readDerExactly,
  readOid,
  TAG,
} from '#pdf/crypto/der.ts';
import type { DerNode } from '#pdf/crypto/der.ts';
import { digestByOid, OID } from '#pdf/crypto/oids.ts';
import { KeyFileError } from './key-file-error.ts';
import { passwordForms } from './password-forms.ts';
import type { PasswordForm } from './password-forms.ts';
import { derivePkcs12, PURPOSE } from './pkcs12-derivation.ts';
import { decryptPart, derivePbkdf2, digestOfHmac, readRounds } from './pkcs12-encryption.ts';

/** All private keys and certificates of a key file, in its order. */
export interface KeyFileContents {
  readonly keys: readonly KeyObject[];
  /** Keys that the runtime cannot use. */
  readonly unknownKeys: number;
  readonly certificates: readonly Certificate[];
}

const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const PBMAC1 = '1.2.840.113549.1.5.14';
const BAGS = '1.2.840.113549.1.12.10.1';
const bagTypes = {
  key: `${BAGS}.1`,
  shroudedKey: `${BAGS}.2`,
  certificate: `${BAGS}.3`,
  nested: `${BAGS}.6`,
} as const;
const MAX_NESTING = 4;
/** Tries to decrypt; each costs up to MAX_ROUNDS. */
const MAX_TRIES = 100;
/**
 * Rounds spent on forms of a password after the first. Many rounds are the sign of a new program, and the odd forms are
 * those of old ones, so a wrong password is found out in seconds.
 */
const MAX_ROUNDS_OF_FORMS = 3_000_000;

/**
 * Reads a PKCS#12 file (RFC 7292) of any program: DER or BER, PBES2 or the older encryptions, with the classic MAC, with
 * PBMAC1 (RFC 9579) or without one, and a password in any of its forms.
 * @throws KeyFileError P12_NO_PASSWORD, P12_WRONG_PASSWORD, P12_BROKEN
 */
export function readPkcs12(bytes: Uint8Array, password: string): KeyFileContents {
  try {
    const [, safe, mac] = children(expectTag(parse(bytes), TAG.sequence));
    const content = octetsOf(contentOf(safe, OID.data));
    const forms = passwordForms(password);
    const known = mac && findForm(mac, content, forms);
    if (mac && !known) throw wrong(password);
    const reading = new Reading(known ? [known, ...forms.filter((form) => form !== known)] : forms);
    for (const part of children(parse(content))) reading.part(part);
    if (reading.locked) throw known ? new KeyFileError('P12_BROKEN') : wrong(password);
    return reading;
  } catch (error) {
    if (error instanceof DerError) throw new KeyFileError('P12_BROKEN');
    throw error;
  }
}

/** There are files with an empty password, so it is tried; where it does not open one, nothing was typed. */
function wrong(password: string): KeyFileError {
  return new KeyFileError(password === '' ? 'P12_NO_PASSWORD' : 'P12_WRONG_PASSWORD');
}

/** Key files come in BER with lengths of any form, so they are brought into DER before the strict reader gets them. */
function parse(bytes: Uint8Array): DerNode {
  let der: Uint8Array;
  try {
    const buffer = forge.util.createBuffer(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'),
    );
    const asn1 = forge.asn1.fromDer(buffer, true);
    der = new Uint8Array(Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1'));
  } catch {
    throw new DerError('no ASN.1');
  }
  return readDerExactly(toDefiniteForm(der).bytes);
}

/** The content of a ContentInfo of that type. @throws DerError */
function contentOf(info: DerNode | undefined, type: string): DerNode {
  const [oid, wrapper] = children(expectTag(info, TAG.sequence));
  const [content] = children(expectTag(wrapper, contextTag(0)));
  if (readOid(oid) !== type || !content) throw new DerError('content type');
  return content;
}

/** An OCTET STRING, also under another tag and in pieces (IMPLICIT, constructed). */
function octetsOf(node: DerNode | undefined): Uint8Array {
  if (!node) throw new DerError('octets');
  return (node.tag & 0x20) === 0 ? node.content : Buffer.concat(children(node).map((piece) => piece.content));
}

/** The form of the password that the MAC was made with. @throws KeyFileError, DerError */
function findForm(mac: DerNode, content: Uint8Array, forms: readonly PasswordForm[]): PasswordForm | undefined {
  const [info, saltNode, roundsNode] = children(mac);
  const [algorithm, digestNode] = info ? children(info) : [];
  const stated = expectTag(digestNode, TAG.octetString).content;
  const [oidNode, parameters] = algorithm ? children(algorithm) : [];
  const oid = readOid(oidNode);
  const rounds = roundsNode ? readRounds(roundsNode) : 1;
  const fits = (digest: string, key: Uint8Array): boolean => {
    const made = createHmac(digest, key).update(content).digest();
    return made.length === stated.length && timingSafeEqual(made, stated);
  };
  if (oid === PBMAC1) {
    const [derivation, scheme] = parameters ? children(parameters) : [];
    const digest = digestOfHmac(scheme);
    const length = derivation && keyLengthOf(derivation);
    if (!derivation || digest === undefined || length === undefined) throw new KeyFileError('P12_BROKEN');
    return forms.find(({ narrow }) => fits(digest, derivePbkdf2(derivation, narrow, length)));
  }
  const digest = digestByOid.get(oid);
  if (digest === undefined) throw new KeyFileError('P12_BROKEN');
  const derivation = { digest, salt: expectTag(saltNode, TAG.octetString).content, rounds };
  // The lengths of all but SHA-2's longer digests are those of their keys (RFC 7292, 4).
  const length = stated.length;
  return forms
    .slice(0, 1 + Math.floor(MAX_ROUNDS_OF_FORMS / rounds))
    .find(({ wide }) => fits(digest, derivePkcs12(derivation, wide, PURPOSE.mac, length)));
}

/** The length that PBMAC1 demands PBKDF2 to name (RFC 9579, 4). */
function keyLengthOf(derivation: DerNode): number | undefined {
  const [, parameters] = children(derivation);
  const length = parameters && children(parameters)[2];
  if (length?.tag !== TAG.integer || length.content.length > 1) return undefined;
  return length.content[0];
}

class Reading implements KeyFileContents {
  readonly keys: KeyObject[] = [];
  readonly certificates: Certificate[] = [];
  unknownKeys = 0;
  /** A part that no form of the password opens. */
  locked = false;
  readonly #forms: readonly PasswordForm[];
  #tries = 0;

  constructor(forms: readonly PasswordForm[]) {
    this.#forms = forms;
  }

  /** One ContentInfo of the AuthenticatedSafe (RFC 7292, 4.1). */
  part(info: DerNode): void {
    const [oid] = children(expectTag(info, TAG.sequence));
    if (readOid(oid) === OID.data) {
      this.#bags(parse(octetsOf(contentOf(info, OID.data))), 0);
      return;
    }
    const [, encrypted] = children(expectTag(contentOf(info, ENCRYPTED_DATA), TAG.sequence));
    const [, algorithm, data] = encrypted ? children(encrypted) : [];
    const opened = algorithm && this.#decrypt(algorithm, octetsOf(data));
    if (opened) this.#bags(opened, 0);
  }

  /** @returns what decrypts to one whole SEQUENCE */
  #decrypt(algorithm: DerNode, data: Uint8Array): DerNode | undefined {
    for (const form of this.#forms) {
      this.#tries += 1;
      if (this.#tries > MAX_TRIES) throw new KeyFileError('P12_BROKEN');
      const plain = decryptPart(algorithm, data, form);
      const [node] = plain ? ifReadable(parse, plain) : [];
      if (node?.tag === TAG.sequence) return node;
    }
    this.locked = true;
    return undefined;
  }

  #bags(contents: DerNode, depth: number): void {
    if (depth > MAX_NESTING) throw new DerError('too deep');
    for (const bag of children(expectTag(contents, TAG.sequence))) {
      const [oid, wrapper] = children(bag);
      const [value] = wrapper ? children(wrapper) : [];
      if (!value) throw new DerError('bag');
      const type = readOid(oid);
      if (type === bagTypes.key) this.#key(value);
      else if (type === bagTypes.shroudedKey) {
        const [algorithm, data] = children(value);
        const opened = algorithm && this.#decrypt(algorithm, octetsOf(data));
        if (opened) this.#key(opened);
      } else if (type === bagTypes.certificate) {
        const [, inner] = children(value);
        const [octets] = inner ? children(inner) : [];
        this.certificates.push(...ifReadable(readCertificate, octetsOf(octets)));
      } else if (type === bagTypes.nested) this.#bags(value, depth + 1);
    }
  }

  #key(pkcs8: DerNode): void {
    try {
      this.keys.push(createPrivateKey({ key: Buffer.from(pkcs8.whole), format: 'der', type: 'pkcs8' }));
    } catch {
      this.unknownKeys += 1;
    }
  }
}
