/**
 * Side files of pdf.js (character maps, stand-in fonts, image decoders), emitted by the bundler beside the application, so that no page
 * ever needs the network. Hashed file names mean that pdf.js cannot build the addresses itself.
 */
const addresses: Readonly<Record<string, string>> = {
  ...import.meta.glob<string>('../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('../../../node_modules/pdfjs-dist/wasm/*.wasm', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
};

const addressByFileName = new Map(
  Object.entries(addresses).map(([path, address]) => [path.slice(path.lastIndexOf('/') + 1), address]),
);

/** pdf.js asks this for a side file by its plain name; a name it does not hold is an error that pdf.js works around. */
export class BundledFiles {
  async fetch({ filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    const address = addressByFileName.get(filename);
    if (address === undefined) throw new Error(`pdf.js asked for a file that is not bundled: ${filename}`);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`bundled file could not be read: ${filename}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}
