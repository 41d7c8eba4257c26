import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `read` on a file with these bytes, in a folder of its own that is gone afterwards. */
function onFile<T>(bytes: Uint8Array, read: (path: string, dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-readers-'));
  try {
    const path = join(dir, 'in.pdf');
    writeFileSync(path, bytes);
    return read(path, dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Poppler's verdicts, one per signature. */
export function pdfsig(bytes: Uint8Array, ...options: readonly string[]): string[] {
  const { stdout } = onFile(bytes, (path) => spawnSync('pdfsig', ['-nocert', ...options, path], { encoding: 'utf8' }));
  return [...stdout.matchAll(/Signature Validation: (.*)/g)].map((match) => match[1] ?? '');
}

export function qpdfCheck(bytes: Uint8Array, ...options: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = onFile(bytes, (path) =>
    spawnSync('qpdf', ['--check', ...options, path], { encoding: 'utf8' }),
  );
  return { status, output: stdout + stderr };
}

/** The file as qpdf writes it with these options. */
export function qpdf(bytes: Uint8Array, ...options: readonly string[]): Uint8Array {
  return onFile(bytes, (path, dir) => {
    const out = join(dir, 'out.pdf');
    execFileSync('qpdf', [...options, path, out]);
    return new Uint8Array(readFileSync(out));
  });
}

/** What Poppler draws of each page, as a hash. */
export function drawnPages(bytes: Uint8Array, ...options: readonly string[]): string[] {
  return onFile(bytes, (path, dir) => {
    spawnSync('pdftoppm', ['-r', '60', ...options, path, join(dir, 'page')]);
    const pages = readdirSync(dir).filter((name) => name.endsWith('.ppm'));
    return pages.toSorted().map((name) =>
      createHash('sha256')
        .update(readFileSync(join(dir, name)))
        .digest('hex'),
    );
  });
}

export type QpdfDict = Readonly<Record<string, unknown>>;

/** The newest state of the file as `qpdf --json` tells it: references are `7 0 R`, names begin with a slash. */
export function qpdfJson(bytes: Uint8Array) {
  const text = onFile(bytes, (path) =>
    execFileSync('qpdf', ['--json=2', '--json-stream-data=inline', '--decode-level=none', path], {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    }),
  );
  const [, objects] = (JSON.parse(text) as { qpdf: [unknown, Record<string, QpdfObject>] }).qpdf;
  const resolve = (value: unknown): unknown =>
    typeof value === 'string' && / R$/.test(value) ? objects[`obj:${value}`]?.value : value;
  const stream = (reference: string): Uint8Array =>
    new Uint8Array(Buffer.from(objects[`obj:${reference}`]?.stream?.data ?? '', 'base64'));
  const trailer = objects['trailer']?.value as QpdfDict | undefined;
  const catalog = resolve(trailer?.['/Root']) as QpdfDict;
  const form = resolve(catalog['/AcroForm']) as QpdfDict | undefined;
  const fields = ((resolve(form?.['/Fields']) ?? []) as unknown[]).map((reference) => {
    const field = resolve(reference) as QpdfDict;
    return { field, value: resolve(field['/V']) as QpdfDict };
  });
  return { catalog, fields, resolve, stream };
}

interface QpdfObject {
  readonly value?: unknown;
  readonly stream?: { readonly data: string };
}
