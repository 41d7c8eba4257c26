import { der, derOid, TAG } from '#pdf/crypto/der.ts';
import { OID } from '#pdf/crypto/oids.ts';

/** `DigestInfo` of a SHA-256, which PKCS#1 v1.5 pads and signs (RFC 8017, 9.2). */
export function digestInfo(sha256: Uint8Array): Uint8Array {
  const algorithm = der(TAG.sequence, derOid(OID.sha256), der(TAG.null));
  return der(TAG.sequence, algorithm, der(TAG.octetString, sha256));
}

/** `ECDSA-Sig-Value` (RFC 3279, 2.2.3) of r and s side by side, as PKCS#11 gives them. */
export function ecdsaValue(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return der(TAG.sequence, positiveInteger(raw.subarray(0, half)), positiveInteger(raw.subarray(half)));
}

function positiveInteger(octets: Uint8Array): Uint8Array {
  const first = octets.findIndex((octet) => octet !== 0);
  const digits = first < 0 ? octets.subarray(-1) : octets.subarray(first);
  const sign = (digits[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array();
  return der(TAG.integer, sign, digits);
}
