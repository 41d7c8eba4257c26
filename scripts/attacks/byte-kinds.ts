import type { SeededRandom } from '#scripts/faults/random.ts';
import { children, contextTag, der, derOid, readDer, TAG } from '#pdf/crypto/der.ts';
import { OID } from '#pdf/crypto/oids.ts';
import { kindsOf } from './kind.ts';
import type { Kind } from './kind.ts';
import { makeCms, makeToken } from './make-cms.ts';
import { smallPicture } from './signed-file.ts';
import { signForeign } from './sign-foreign.ts';
import type { ForeignSignature } from './sign-foreign.ts';
import { layouts } from './pdf-writer.ts';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

interface Range {
  readonly text: string;
  readonly before: number;
  readonly after: number;
  readonly length: number;
}

/** The newest signature of a file. */
function rangeOf(bytes: Uint8Array): Range {
  const match = [...latin1(bytes).matchAll(/\/ByteRange ?(\[0 (\d+) (\d+) (\d+) *\])( *)/g)].at(-1);
  if (!match) throw new Error('no ByteRange');
  return {
    text: `${match[1] ?? ''}${match[5] ?? ''}`,
    before: Number(match[2]),
    after: Number(match[3]),
    length: Number(match[4]),
  };
}

/** Other text for /ByteRange, in its room. */
function withRange(bytes: Uint8Array, make: (range: Range) => string): Uint8Array {
  const range = rangeOf(bytes);
  const text = latin1(bytes);
  const at = text.lastIndexOf(range.text);
  const other = make(range).padEnd(range.text.length);
  return bytesOf(text.slice(0, at) + other + text.slice(at + range.text.length));
}

const scratch = (random: SeededRandom): string =>
  random.pick(['% x', '1 0 obj\n<<>>\nendobj', 'trailer\n<<>>', '\0\0x', '<html>']);

const byteRange = kindsOf(
  { group: 'forged structure of a signature', expects: 'broken' },
  {
    'ByteRange of other numbers': ({ bytes }, random) =>
      withRange(bytes, ({ before, after, length }) =>
        random.pick([
          `[0 ${before} ${after + 1} ${length - 1}]`,
          `[0 ${before - 1} ${after} ${length}]`,
          `[0 ${before} ${after} ${length - random.between(1, 300)}]`,
          `[1 ${before - 1} ${after} ${length}]`,
          `[0 ${before} ${after} -${length}]`,
          `[-1 ${before} ${after} ${length}]`,
          `[0 ${before} ${after} 99999999999]`,
          `[0 ${before}. ${after} ${length}]`.slice(0, 40),
          `[0 ${before + 1} ${after} ${length}]`,
          `[0 0 0 0]`,
          `[0 ${before} ${before} ${length}]`,
        ]),
      ),
    'ByteRange of another form': ({ bytes }, random) =>
      withRange(bytes, ({ before, after }) =>
        random.pick([
          'null',
          '9 0 R',
          '[]',
          `[0 ${before}]`,
          `[0 ${before} ${after}]`,
          '(x)',
          '/A',
          'true',
          '[null null null null]',
          '[0 [1] 2 3]',
        ]),
      ),
    'key respelled': ({ bytes }, random) => {
      const key = random.pick(['/ByteRange', '/Contents<', '/Contents <', '/SubFilter']);
      const text = latin1(bytes);
      const at = text.lastIndexOf(key);
      if (at < 0) return bytes.subarray(0, bytes.length - 40);
      return bytesOf(`${text.slice(0, at + 4)}${random.pick(['X', '#', '/', 'q'])}${text.slice(at + 5)}`);
    },
    'range of the attacker’s own making': ({ bytes }, random) =>
      signForeign(bytes, {
        range: (before, after, end) =>
          random.pick([
            `[0 ${before} ${after + random.between(1, 40)} ${end - after - 60}]`,
            `[0 ${before - random.between(1, 30)} ${after} ${end - after}]`,
            `[0 ${before} ${after} ${end - after - random.between(5, 60)}]`,
            `[${random.between(1, 9)} ${before - 9} ${after} ${end - after}]`,
            `[0 ${before} ${after} 9 ${after + 9} ${end - after - 9}]`,
            `[0 ${before}]`,
            `[${after} ${end - after} 0 ${before}]`,
          ]),
      }),
    'second part moved, foreign bytes between': ({ bytes }, random) => {
      const range = rangeOf(bytes);
      const insert = bytesOf(`\n${random.between(900, 990)} 0 obj\n<</A ${random.between(1, 99)}>>\nendobj\n`);
      const moved = Buffer.concat([bytes.subarray(0, range.after), insert, bytes.subarray(range.after)]);
      const at = latin1(moved).lastIndexOf(range.text);
      moved.write(
        `[0 ${range.before} ${range.after + insert.length} ${range.length}]`.padEnd(range.text.length),
        at,
        'latin1',
      );
      return new Uint8Array(moved);
    },
    'Contents in another way': ({ bytes }, random) => {
      const { before, after } = rangeOf(bytes);
      const copy = Buffer.from(bytes);
      const at = random.between(before + 1, after - 2);
      copy.write(random.pick([' ', '\n', 'g', '>', '(', '%', '\0']), at, 'latin1');
      return new Uint8Array(copy);
    },
    'signed byte changed': ({ bytes }, random) => {
      const { before, after } = rangeOf(bytes);
      const copy = bytes.slice();
      let at = random.between(0, bytes.length - 1);
      while (at >= before && at < after) at = random.between(0, bytes.length - 1);
      copy[at] = (copy[at] ?? 0) ^ random.between(1, 255);
      return copy;
    },
    'file cut off': ({ bytes, unsigned }, random) =>
      bytes.subarray(0, random.between(unsigned + 600, bytes.length - 8)),
    'another document’s CMS put in': ({ bytes }, random) =>
      signForeign(bytes, { made: () => makeCms([Buffer.from(`x${random.next()}`)]) }),
    'zeros for a signature': ({ bytes }, random) =>
      signForeign(bytes, {
        made: () => new Uint8Array(random.pick([1, 9, 100])),
        rect: [300, 40, 400, 80],
        picture: smallPicture,
      }),
    'SubFilter left out': ({ bytes }, random) =>
      signForeign(bytes, { subFilter: '', layout: random.pick(layouts), range: fullRange }),
  },
);

const fullRange = (before: number, after: number, end: number): string => `[0 ${before} ${after} ${end - after}]`;

const trailing = kindsOf(
  { group: 'bytes after the last revision', expects: 'broken' },
  {
    something: ({ bytes }, random) =>
      Buffer.concat([bytes, bytesOf(`${random.pick(['', '\n', '\n\n'])}${scratch(random)}${random.pick(['', '\n'])}`)]),
    'an object without cross-reference': ({ bytes }, random) =>
      Buffer.concat([bytes, bytesOf(`${random.between(1, 9)} 0 obj\n<</Type/Page>>\nendobj\n`)]),
    'a second end': ({ bytes }) => {
      const [end = ''] = /startxref\s+\d+\s+%%EOF\s*$/.exec(latin1(bytes)) ?? [];
      return Buffer.concat([bytes, bytesOf(`\n${end}`)]);
    },
  },
);

const padded = kindsOf(
  { group: 'bytes after the last revision', expects: 'said' },
  {
    'spaces and zeros': ({ bytes }, random) =>
      Buffer.concat([bytes, Buffer.alloc(random.between(1, 600), random.pick([' ', '\0']))]),
  },
);

/** Puts another CMS into the newest signature, where no digest sees it. */
function replaceCms(bytes: Uint8Array, change: (cms: Uint8Array) => Uint8Array): Uint8Array {
  const { before, after } = rangeOf(bytes);
  const copy = Buffer.from(bytes);
  const room = after - before - 2;
  const old = readDer(Buffer.from(copy.toString('latin1', before + 1, after - 1), 'hex')).whole;
  const changed = Buffer.from(change(old));
  if (changed.length * 2 > room) throw new Error('no room for another CMS');
  copy.write(changed.toString('hex').padEnd(room, '0'), before + 1, 'latin1');
  return new Uint8Array(copy);
}

/** A signature that an attacker, or a bad program, put there instead of a good one. */
const bad =
  (shape: (random: SeededRandom) => ForeignSignature): Kind['make'] =>
  (file, random) =>
    signForeign(file.bytes, { layout: random.pick(layouts), ...shape(random) });

const cms = kindsOf(
  { group: 'CMS', expects: 'broken', wanted: { not: ['certified1', 'lockLevel1'] } },
  {
    'two signers': bad(() => ({ cms: { signers: 2 } })),
    'no signer': bad(() => ({ cms: { signers: 0 } })),
    'content inside': bad(() => ({ cms: { content: Buffer.from('x'), contentType: OID.data } })),
    'attribute twice': bad((random) => ({
      cms: { doubled: random.pick([OID.messageDigest, OID.contentType, OID.signingCertificateV2]) },
    })),
    'attribute missing': bad((random) => ({ cms: { omitted: random.pick([OID.messageDigest, OID.contentType]) } })),
    'no signed attributes where CAdES is claimed': bad(() => ({ cms: { withoutSignedAttributes: true } })),
    'another content type': bad((random) => ({ cms: { contentType: random.pick([OID.tstInfo, OID.signedData]) } })),
    'another digest of the document': bad(() => ({ cms: { otherDigest: true } })),
    'spoilt signature value': bad((random) => ({
      cms: { spoilt: true, signer: random.pick(['person', 'person-ec', 'person2']) },
    })),
    'signing certificate of another': bad(() => ({ cms: { bound: 'person2' } })),
    'no certificate of the signer': bad((random) => ({
      cms: { enclosed: random.pick([[], ['issuing'], ['person2']] as const) },
    })),
    'digest named otherwise': bad((random) => ({
      cms: { digest: 'sha256', namedDigest: random.pick(['sha512', 'sha384']) },
    })),
    MD5: bad(() => ({ cms: { digest: 'md5' } })),
    'bytes behind it': ({ bytes }) => replaceCms(signForeign(bytes), (old) => Buffer.concat([old, Buffer.from('x')])),
    'cut off': ({ bytes }, random) =>
      replaceCms(signForeign(bytes), (old) => old.subarray(0, old.length - random.between(1, 60))),
    'a byte changed': ({ bytes }, random) => {
      const spoil = (old: Uint8Array): Uint8Array => {
        const copy = old.slice();
        // What is signed or signs: the last part, up to the signature value itself.
        const at = copy.length - random.between(1, 250);
        copy[at] = (copy[at] ?? 0) ^ random.between(1, 255);
        return copy;
      };
      return replaceCms(signForeign(bytes), spoil);
    },
    'taken from an earlier signature': ({ bytes }) => {
      let taken: Uint8Array | undefined;
      const first = signForeign(bytes, { made: (parts) => (taken = makeCms(parts)) });
      return signForeign(first, { made: () => taken ?? new Uint8Array(1) });
    },
    'an element that is none': ({ bytes }) =>
      replaceCms(signForeign(bytes), (old) => {
        const [type, wrapper] = children(readDer(old));
        if (!type || !wrapper) throw new Error('no SignedData');
        return der(0x30, derOid(OID.data), der(contextTag(0), wrapper.content));
      }),
    'a set of signers of another tag': ({ bytes }) =>
      replaceCms(signForeign(bytes), (old) => {
        const [type, wrapper] = children(readDer(old));
        const [inner] = wrapper ? children(wrapper) : [];
        const parts = inner ? children(inner) : [];
        const last = parts.at(-1);
        if (!type || !last) throw new Error('no signers');
        const changed = [...parts.slice(0, -1).map(({ whole }) => whole), der(TAG.sequence, last.content)];
        return der(0x30, type.whole, der(contextTag(0), der(0x30, ...changed)));
      }),
  },
);

const doubtful = kindsOf(
  { group: 'weak or foreign cryptography', expects: 'doubted', wanted: { not: ['certified1', 'lockLevel1'] } },
  {
    'SHA-1': bad(() => ({ cms: { digest: 'sha1' } })),
    'CAdES without signing certificate': bad(() => ({ cms: { bound: null } })),
    'unknown SubFilter': bad((random) => ({
      subFilter: random.pick(['adbe.pkcs7.sha1', 'adbe.x509.rsa_sha1', 'Foo.bar', 'ETSI.CAdES']),
    })),
    'certificate of no use': bad((random) => ({
      cms: { signer: random.pick(['expired', 'future', 'revoked', 'wrong-usage']) },
    })),
    'an authority’s certificate that signs documents': bad(() => ({ cms: { signer: 'tsa' } })),
  },
);

const stamps = kindsOf(
  { group: 'time stamps', expects: 'broken', wanted: { not: ['certified1', 'lockLevel1'] } },
  {
    'over another document': bad((random) => stamp({ made: () => makeToken([Buffer.from(`x${random.next()}`)]) })),
    'with an imprint of MD5': bad(() => stamp({ token: { imprintDigest: 'md5' } })),
    'a signature called one': bad(() => stamp({ made: (parts) => makeCms(parts) })),
    'a token called a signature': bad(() => ({ made: (parts) => makeToken(parts) })),
    spoilt: bad(() => stamp({ token: { spoilt: true } })),
  },
);

function stamp(how: ForeignSignature): ForeignSignature {
  return { subFilter: 'ETSI.RFC3161', type: 'DocTimeStamp', ...how };
}

const doubtfulStamps = kindsOf(
  { group: 'time stamps', expects: 'doubted', wanted: { not: ['certified1', 'lockLevel1'] } },
  {
    'by who may not': bad((random) =>
      stamp({ token: { signer: random.pick(['person', 'agency', 'expired', 'revoked']) } }),
    ),
    'of a time to come': bad((random) =>
      stamp({ token: { time: new Date(Date.now() + random.between(1, 900) * 86_400_000) } }),
    ),
    'of a time before its authority': bad((random) =>
      stamp({ token: { time: new Date(Date.UTC(random.between(1999, 2015), 0, 1)) } }),
    ),
    'with an imprint of SHA-1': bad(() => stamp({ token: { imprintDigest: 'sha1' } })),
    'of another signature': bad(() => ({
      cms: { unsigned: () => [[OID.signatureTimeStamp, makeToken([Buffer.from('other')])]] },
    })),
  },
);

const alike = kindsOf(
  { group: 'byte for byte', expects: 'green' },
  {
    untouched: ({ bytes }) => bytes,
    'line ends at the end': ({ bytes }, random) => Buffer.concat([bytes, bytesOf('\r\n'.repeat(random.between(1, 4)))]),
    'CMS padded otherwise': {
      wanted: { not: ['certified1', 'lockLevel1'] },
      make: ({ bytes }) => replaceCms(signForeign(bytes), (old) => old),
    },
  },
);

const digests = kindsOf(
  { group: 'signatures of other programs', expects: 'green', wanted: { not: ['certified1', 'lockLevel1'] } },
  {
    'of any good algorithm': (file, random) =>
      signForeign(file.bytes, {
        cms: {
          signer: random.pick(['person', 'person2', 'person-ec', 'person-ec384', 'agency']),
          digest: random.pick(['sha256', 'sha384', 'sha512']),
        },
      }),
    'PKCS#7 with signing time': (file, random) =>
      signForeign(file.bytes, {
        subFilter: 'adbe.pkcs7.detached',
        cms: { withSigningTime: true, bound: null, withoutSignedAttributes: random.chance(0.3) },
      }),
    'with two time stamps': (file) =>
      signForeign(file.bytes, {
        cms: {
          unsigned: (value) => [
            [OID.signatureTimeStamp, makeToken([value])],
            [OID.signatureTimeStamp, makeToken([value])],
          ],
        },
      }),
  },
);

/** What changes bytes, structure and cryptography of signatures themselves. */
export const byteKinds: readonly Kind[] = [
  ...byteRange,
  ...trailing,
  ...padded,
  ...cms,
  ...doubtful,
  ...stamps,
  ...doubtfulStamps,
  ...alike,
  ...digests,
];
