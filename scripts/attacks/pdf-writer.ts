import { deflateSync } from 'node:zlib';

/** How a revision lists its objects (ISO 32000-2, 7.5.4, 7.5.7, 7.5.8): each is proper where its writer knows it. */
export const layouts = ['table', 'stream', 'packed', 'hybrid'] as const;
export type Layout = (typeof layouts)[number];

export interface WrittenObject {
  readonly num: number;
  readonly gen: number;
  /** What stands between `obj` and `endobj`; null frees the object. */
  readonly body: Buffer | null;
  /** May stand in an object stream: it is none itself, and nothing must be found in it by its place. */
  readonly packable: boolean;
}

/** Departures from what a good writer does; each is text put in as it is. */
export interface Tweaks {
  /** Entries of the trailer by key; null leaves one out. */
  readonly trailer?: Readonly<Record<string, string | null>>;
  /** Rows of a table, with their subsection heads, before the usual ones. */
  readonly rows?: string;
  /** Objects that are written but not listed. */
  readonly unlisted?: ReadonlySet<number>;
  /** Bytes between the objects and the cross-reference. */
  readonly between?: string;
  /** Bytes before `startxref`, such as the comment of a program. */
  readonly beforeEnd?: string;
  /** Bytes after `%%EOF`. */
  readonly after?: string;
  /** Number after `startxref` instead of the true one. */
  readonly startxref?: string;
  /** No cross-reference and no trailer at all. */
  readonly bare?: boolean;
}

interface Place {
  readonly num: number;
  readonly kind: 'free' | 'used' | 'packed';
  readonly first: number;
  readonly second: number;
}

/**
 * The bytes of one revision that begins at `offset`.
 * @param size one more than the highest number used so far; what the layout adds itself is counted on
 */
export function writeRevision(
  offset: number,
  objects: readonly WrittenObject[],
  trailer: readonly (readonly [string, string])[],
  layout: Layout,
  size: number,
  tweaks: Tweaks = {},
): Buffer {
  const writer = new RevisionWriter(offset, size, tweaks);
  const packs = layout === 'packed' || layout === 'hybrid';
  const packed = packs ? objects.filter(({ packable, body, gen }) => packable && body !== null && gen === 0) : [];
  for (const object of objects) if (!packed.includes(object)) writer.write(object);
  if (packed.length > 0) writer.pack(packed);
  return writer.finish(trailer, layout);
}

class RevisionWriter {
  readonly #parts: Buffer[] = [];
  readonly #places: Place[] = [];
  readonly #hidden: Place[] = [];
  readonly #tweaks: Tweaks;
  #at: number;
  #size: number;

  constructor(offset: number, size: number, tweaks: Tweaks) {
    this.#at = offset;
    this.#size = size;
    this.#tweaks = tweaks;
  }

  #push(text: string | Buffer): void {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
    this.#parts.push(bytes);
    this.#at += bytes.length;
  }

  write({ num, gen, body }: WrittenObject): void {
    if (body === null) {
      this.#places.push({ num, kind: 'free', first: 0, second: gen });
      return;
    }
    if (this.#tweaks.unlisted?.has(num) !== true)
      this.#places.push({ num, kind: 'used', first: this.#at, second: gen });
    this.#push(`${num} ${gen} obj\n`);
    this.#push(body);
    this.#push('\nendobj\n');
  }

  pack(objects: readonly WrittenObject[]): void {
    const stream = this.#next();
    const heads: string[] = [];
    let data = '';
    objects.forEach(({ num, body }, index) => {
      heads.push(`${num} ${data.length}`);
      data += `${body?.toString('latin1') ?? ''}\n`;
      if (this.#tweaks.unlisted?.has(num) !== true)
        this.#hidden.push({ num, kind: 'packed', first: stream, second: index });
    });
    const head = `${heads.join(' ')}\n`;
    this.#hidden.push({ num: stream, kind: 'used', first: this.#at, second: 0 });
    this.#writeStream(
      stream,
      `/Type /ObjStm /N ${objects.length} /First ${head.length}`,
      Buffer.from(head + data, 'latin1'),
    );
  }

  #next(): number {
    this.#size += 1;
    return this.#size - 1;
  }

  #writeStream(num: number, entries: string, data: Buffer): void {
    const packed = deflateSync(data);
    this.#push(`${num} 0 obj\n<<${entries} /Filter /FlateDecode /Length ${packed.length}>>\nstream\n`);
    this.#push(packed);
    this.#push('\nendstream\nendobj\n');
  }

  finish(trailer: readonly (readonly [string, string])[], layout: Layout): Buffer {
    this.#push(this.#tweaks.between ?? '');
    if (this.#tweaks.bare !== true) {
      if (layout === 'table' || (layout === 'hybrid' && this.#hidden.length === 0)) this.#table(trailer, this.#places);
      else if (layout === 'hybrid') this.#hybrid(trailer);
      else this.#stream(trailer, [...this.#places, ...this.#hidden]);
    }
    this.#push(this.#tweaks.after ?? '');
    return Buffer.concat(this.#parts);
  }

  #end(start: number): void {
    this.#push(`${this.#tweaks.beforeEnd ?? ''}startxref\n${this.#tweaks.startxref ?? start}\n%%EOF\n`);
  }

  #entries(own: readonly (readonly [string, string])[]): string {
    const entries = new Map(own);
    for (const [key, value] of Object.entries(this.#tweaks.trailer ?? {})) {
      if (value === null) entries.delete(key);
      else entries.set(key, value);
    }
    return [...entries].map(([key, value]) => `/${key} ${value}`).join(' ');
  }

  #table(trailer: readonly (readonly [string, string])[], places: readonly Place[]): void {
    const start = this.#at;
    this.#push(`xref\n${this.#tweaks.rows ?? ''}`);
    for (const run of runsOf(places)) {
      this.#push(`${run[0]?.num ?? 0} ${run.length}\n`);
      for (const { kind, first, second } of run) this.#push(row(kind === 'used' ? first : 0, second, kind === 'used'));
    }
    this.#push(`trailer\n<<${this.#entries([['Size', String(this.#size)], ...trailer])}>>\n`);
    this.#end(start);
  }

  #stream(trailer: readonly (readonly [string, string])[], places: readonly Place[], isHidden = false): number {
    const num = this.#next();
    const start = this.#at;
    const all = [...places, { num, kind: 'used', first: start, second: 0 } as const];
    const runs = runsOf(all);
    const rows = Buffer.alloc(all.length * 7);
    runs.flat().forEach(({ kind, first, second }, index) => {
      rows.writeUInt8({ free: 0, used: 1, packed: 2 }[kind], index * 7);
      rows.writeUInt32BE(first, index * 7 + 1);
      rows.writeUInt16BE(second, index * 7 + 5);
    });
    const index = runs.map((run) => `${run[0]?.num ?? 0} ${run.length}`).join(' ');
    const usual: [string, string][] = [
      ['Size', String(this.#size)],
      ...trailer.map(([k, v]): [string, string] => [k, v]),
    ];
    const entries = isHidden ? usual.map(([key, value]) => `/${key} ${value}`).join(' ') : this.#entries(usual);
    this.#writeStream(num, `/Type /XRef /W [1 4 2] /Index [${index}] ${entries}`, rows);
    if (!isHidden) this.#end(start);
    return start;
  }

  /** The table calls free what the stream shows to newer readers (ISO 32000-2, 7.5.8.4). */
  #hybrid(trailer: readonly (readonly [string, string])[]): void {
    const hidden = this.#hidden.splice(0);
    const before = this.#size;
    const start = this.#stream(
      trailer.filter(([key]) => key === 'Root'),
      hidden,
      true,
    );
    const free = [...hidden.map(({ num }) => num), before].map((num): Place => ({
      num,
      kind: 'free',
      first: 0,
      second: 0,
    }));
    this.#table([...trailer, ['XRefStm', String(start)]], [...this.#places, ...free]);
  }
}

/** A row of a cross-reference table, 20 bytes. */
export function row(offset: number, gen = 0, used = true): string {
  return `${String(offset).padStart(10, '0')} ${String(gen).padStart(5, '0')} ${used ? 'n' : 'f'} \n`;
}

function runsOf(places: readonly Place[]): Place[][] {
  const runs: Place[][] = [];
  for (const place of places.toSorted((a, b) => a.num - b.num)) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.num === place.num - 1) run.push(place);
    else runs.push([place]);
  }
  return runs;
}
