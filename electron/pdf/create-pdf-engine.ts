import type { PdfEngine } from '#core/ports/pdf-engine.ts';
import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import { fromVisible, readPageView } from './sign/geometry.ts';
import type { Box } from './sign/geometry.ts';
import { decodePng } from './sign/png.ts';
import { readSigningChain } from './sign/signing-certificate.ts';
import { signPdf } from './sign-pdf.ts';
import type { Anchor } from './sign-pdf.ts';
import { stampText } from './stamp-text.ts';
import { openPdf } from './syntax/document.ts';
import type { PdfDocument } from './syntax/document.ts';
import { pageAt, readPages } from './syntax/page-tree.ts';
import { verifyPdf } from './verify-pdf.ts';
import type { TrustStore } from './verify-pdf.ts';

/**
 * The core's PDF port on real bytes. The port counts pages from 0 and measures on the visible page; the modules behind
 * it count from 1 and measure in user space, as PDF does.
 * @param trust asked anew at each check
 */
export function createPdfEngine(trust: () => TrustStore): PdfEngine {
  return {
    stamp: (bytes, stamps, boxes = []) => {
      const document = openPdf(bytes);
      return stampText(
        bytes,
        stamps.map(({ page, x, y, fontSize, text }) => {
          const place = toUserSpace(document, page, { x, y, width: 0, height: 0 });
          return { page: page + 1, x: place.x, y: place.y, size: fontSize, text };
        }),
        boxes.map(({ page, x, y, ...box }) => {
          const corner = toUserSpace(document, page, { x, y, width: 0, height: 0 });
          return { ...box, page: page + 1, x: corner.x, y: corner.y };
        }),
      );
    },
    sign: async (bytes, { role, chain, sign, at, image, place, cornerText }) => {
      const anchor = place === null ? {} : { anchor: toAnchor(openPdf(bytes), place) };
      const signed = await signPdf(bytes, {
        role,
        credential: { chain, signData: sign },
        signingTime: at,
        appearance: { image, ...anchor, ...(cornerText === undefined ? {} : { cornerText }) },
        trust: trust(),
      });
      return signed.bytes;
    },
    checkSigner: (chain, at) => {
      readSigningChain(chain, at, trust());
    },
    checkImage: (png) => {
      decodePng(png);
    },
    verify: (bytes, at) => verifyPdf(bytes, { trust: trust(), now: at }),
  };
}

/** A rectangle on the visible page, as {@link signPdf} takes it. @throws PdfError PDF_NO_SUCH_PAGE */
export function toAnchor(document: PdfDocument, place: PageRectangle): Anchor {
  return { page: place.page + 1, ...toUserSpace(document, place.page, place) };
}

function toUserSpace(document: PdfDocument, page: number, { x, y, width, height }: Box): Box {
  const view = readPageView(document, pageAt(readPages(document), page + 1));
  return fromVisible(view, { x, y, width, height });
}
