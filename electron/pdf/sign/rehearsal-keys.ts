import { generateKeyPairSync, sign } from 'node:crypto';
import { der, derOid, derSmallInteger, TAG, contextTag } from '../crypto/der.ts';
import { OID } from '../crypto/oids.ts';
import type { SigningCredential } from '../sign-pdf.ts';

const DAY = 86_400_000;

/** Keys that sign for nobody: made for one rehearsal, never stored, certified by themselves. */
export function rehearsalKeys(at: Date): { readonly person: SigningCredential; readonly seal: SigningCredential } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const signData = (data: Uint8Array): Promise<Uint8Array> =>
    Promise.resolve(new Uint8Array(sign('sha256', data, privateKey)));
  const credential = (subject: Uint8Array): SigningCredential => {
    const algorithm = der(TAG.sequence, derOid(OID.ecdsaWithSha256));
    const validity = der(TAG.sequence, time(at.getTime() - DAY), time(at.getTime() + DAY));
    const version = der(contextTag(0), derSmallInteger(2));
    const body = der(TAG.sequence, version, derSmallInteger(1), algorithm, subject, validity, subject, spki);
    const value = der(TAG.bitString, Uint8Array.of(0), sign('sha256', body, privateKey));
    return { chain: [der(TAG.sequence, body, algorithm, value)], signData };
  };
  const person = name([OID.title, 'Chánh Văn phòng'], [OID.commonName, 'Người ký thử']);
  return { person: credential(person), seal: credential(name([OID.commonName, 'Cơ quan ký thử'])) };
}

function name(...parts: readonly (readonly [oid: string, text: string])[]): Uint8Array {
  const items = parts.map(([oid, text]) =>
    der(TAG.set, der(TAG.sequence, derOid(oid), der(TAG.utf8String, Buffer.from(text)))),
  );
  return der(TAG.sequence, ...items);
}

function time(milliseconds: number): Uint8Array {
  const text = new Date(milliseconds).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return der(TAG.generalizedTime, Buffer.from(text));
}
