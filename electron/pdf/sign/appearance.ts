import { deflateSync } from 'node:zlib';
import type { IncrementalUpdate } from '../syntax/incremental-update.ts';
import { dict, name } from '../syntax/objects.ts';
import type { PdfObject, PdfRef } from '../syntax/objects.ts';
import { writeNumber } from '../syntax/write-object.ts';
import { uprightMatrix } from './geometry.ts';
import type { PageView } from './geometry.ts';
import type { DecodedPng } from './png.ts';

/** What a signature shows, in the coordinates of its own lower left corner. */
export interface Drawing {
  readonly content: string;
  readonly resources: Readonly<Record<string, PdfObject>>;
}

export const drawsNothing: Drawing = { content: '', resources: {} };

/**
 * Adds the normal appearance of a signature, upright on the shown page.
 * @param size visible width and height in user space units
 */
export function addAppearance(
  update: IncrementalUpdate,
  { content, resources }: Drawing,
  view: PageView,
  { width, height }: { readonly width: number; readonly height: number },
): PdfRef {
  return update.add({
    kind: 'stream',
    raw: Buffer.from(content),
    dict: dict({
      Type: name('XObject'),
      Subtype: name('Form'),
      BBox: [0, 0, round(width), round(height)],
      Matrix: [...uprightMatrix(view), 0, 0],
      Resources: dict(resources),
    }),
  });
}

/**
 * An image that fills its signature. One without transparent ground, as scanners make them, is laid over the page like ink: its
 * white hides nothing of what stands there.
 */
export function drawImage(
  update: IncrementalUpdate,
  image: DecodedPng,
  { width, height }: { readonly width: number; readonly height: number },
): Drawing {
  const inked = image.alpha === undefined;
  const place = `${writeNumber(round(width))} 0 0 ${writeNumber(round(height))} 0 0 cm`;
  return {
    content: `q ${inked ? '/Ink gs ' : ''}${place} /Image Do Q`,
    resources: {
      XObject: dict({ Image: addImage(update, image) }),
      ...(inked ? { ExtGState: dict({ Ink: dict({ BM: name('Multiply') }) }) } : {}),
    },
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function addImage(update: IncrementalUpdate, image: DecodedPng): PdfRef {
  const common: Record<string, PdfObject> = {
    Type: name('XObject'),
    Subtype: name('Image'),
    Width: image.width,
    Height: image.height,
    BitsPerComponent: 8,
    Filter: name('FlateDecode'),
  };
  const mask: Record<string, PdfObject> = image.alpha
    ? {
        SMask: update.add({
          kind: 'stream',
          dict: dict({ ...common, ColorSpace: name('DeviceGray') }),
          raw: deflateSync(image.alpha),
        }),
      }
    : {};
  return update.add({
    kind: 'stream',
    dict: dict({ ...common, ColorSpace: name('DeviceRGB'), ...mask }),
    raw: deflateSync(image.rgb),
  });
}
