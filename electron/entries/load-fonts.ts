import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PrintFonts } from '#office-files/print/paper.ts';

/** Tinos of the program's resources: metrics of Times New Roman, with Vietnamese; OFL, so that it may be shipped and embedded. */
export async function loadFonts(resourcesDir: string): Promise<PrintFonts> {
  const read = async (face: string): Promise<Uint8Array> =>
    new Uint8Array(await readFile(join(resourcesDir, 'fonts', `Tinos-${face}.ttf`)));
  const [regular, bold, italic] = await Promise.all([read('Regular'), read('Bold'), read('Italic')]);
  return { regular, bold, italic };
}
