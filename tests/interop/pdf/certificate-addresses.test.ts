import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import { dir } from '#tests/support/foreign-signature.ts';

/** Where certificates as openssl makes them say that their issuers answer. */

function certificate(extensions: string) {
  const at = (file: string): string => join(dir, file);
  writeFileSync(at('own.cnf'), `[req]\ndistinguished_name=names\n[names]\n[own]\n${extensions}\n`);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', at('own.key')];
  const form = ['-x509', '-config', at('own.cnf'), '-extensions', 'own', '-subj', '/CN=x'];
  execFileSync('openssl', ['req', ...form, ...key, '-outform', 'DER', '-out', at('own.der')], { stdio: 'ignore' });
  const { ocspAddresses, issuerAddresses, listAddresses } = readCertificate(
    new Uint8Array(readFileSync(at('own.der'))),
  );
  return { ocspAddresses, issuerAddresses, listAddresses };
}

const none = { ocspAddresses: [], issuerAddresses: [], listAddresses: [] };

it('names addresses of each kind, in their order', () => {
  const access = 'OCSP;URI:http://a.vn/o,caIssuers;URI:https://a.vn/i.crt,OCSP;URI:http://b.vn/';
  expect(
    certificate(`authorityInfoAccess=${access}\ncrlDistributionPoints=URI:http://a.vn/c,URI:http://b.vn/c`),
  ).toEqual({
    ocspAddresses: ['http://a.vn/o', 'http://b.vn/'],
    issuerAddresses: ['https://a.vn/i.crt'],
    listAddresses: ['http://a.vn/c', 'http://b.vn/c'],
  });
});

it.each([
  ['no extension', 'subjectKeyIdentifier=hash'],
  ['other protocols and other kinds of names', 'authorityInfoAccess=OCSP;URI:ldap://a.vn/o,caIssuers;email:a@b.vn'],
  ['what is no address', 'authorityInfoAccess=OCSP;URI:http://,caIssuers;URI:file:///etc/passwd'],
  [
    'a list for some reasons only',
    'crlDistributionPoints=point\n[point]\nfullname=URI:http://a.vn/c\nreasons=keyCompromise',
  ],
  [
    'a list by another issuer',
    'crlDistributionPoints=point\n[point]\nfullname=URI:http://a.vn/c\nCRLissuer=dirName:other\n[other]\nCN=y',
  ],
  ['bytes that are no list of addresses', '1.3.6.1.5.5.7.1.1=ASN1:UTF8String:http\n2.5.29.31=DER:300300'],
])('names none in %s', (_what, extensions) => {
  expect(certificate(extensions)).toEqual(none);
});
