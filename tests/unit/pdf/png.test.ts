import { expect, it } from 'vitest';
import { decodePng } from '#pdf/sign/png.ts';
import { chunk, png } from '#tests/support/make-png.ts';
import { letter, sealImage, signatureImage } from '#tests/support/signing-fixtures.ts';

const palette = Buffer.concat([chunk('PLTE', Buffer.from([1, 2, 3, 4, 5, 6])), chunk('tRNS', Buffer.from([7]))]);

it.for([
  ['grey', 0, [[0, 9, 8]], {}, [9, 9, 9, 8, 8, 8], undefined],
  ['RGB', 2, [[0, 1, 2, 3, 4, 5, 6]], {}, [1, 2, 3, 4, 5, 6], undefined],
  ['palette', 3, [[0, 0, 1]], { extra: palette }, [1, 2, 3, 4, 5, 6], [7, 255]],
  ['grey and alpha', 4, [[0, 9, 1, 8, 2]], {}, [9, 9, 9, 8, 8, 8], [1, 2]],
  ['RGBA, opaque', 6, [[0, 1, 2, 3, 255, 4, 5, 6, 255]], {}, [1, 2, 3, 4, 5, 6], undefined],
  ['filter Sub', 0, [[1, 9, 1]], {}, [9, 9, 9, 10, 10, 10], undefined],
  [
    'filter Up',
    0,
    [
      [0, 9, 8],
      [2, 1, 1],
    ],
    {},
    [9, 9, 9, 8, 8, 8, 10, 10, 10, 9, 9, 9],
    undefined,
  ],
  [
    'filter Average',
    0,
    [
      [0, 8, 4],
      [3, 1, 1],
    ],
    {},
    [8, 8, 8, 4, 4, 4, 5, 5, 5, 5, 5, 5],
    undefined,
  ],
  [
    'filter Paeth',
    0,
    [
      [0, 8, 4],
      [4, 1, 1],
    ],
    {},
    [8, 8, 8, 4, 4, 4, 9, 9, 9, 5, 5, 5],
    undefined,
  ],
] as const)('%s', ([, colour, rows, options, rgb, alpha]) => {
  const image = decodePng(png(colour, rows, options));
  expect([...image.rgb]).toEqual(rgb);
  expect(image.alpha && [...image.alpha]).toEqual(alpha);
});

it('the demo images have a transparent background', () => {
  for (const image of [signatureImage(), sealImage()]) expect(decodePng(image).alpha?.[0]).toBe(0);
});

it.for([
  ['no PNG', () => letter()],
  ['nothing', () => new Uint8Array(0)],
  ['cut off', () => sealImage().subarray(0, 500)],
  ['16 bits', () => png(0, [[0, 9, 8]], { depth: 16 })],
  ['no pixels', () => png(0, [])],
  ['too many pixels', () => png(0, [[0, 1]], { width: 2_000_000_000 })],
  ['fewer rows than announced', () => png(2, [[0, 1, 2, 3]])],
  ['palette missing', () => png(3, [[0, 0, 1]])],
] as const)('%s is refused', ([, make]) => {
  expect(() => decodePng(make())).toThrow(expect.objectContaining({ code: 'SIGN_IMAGE_UNSUPPORTED' }));
});
