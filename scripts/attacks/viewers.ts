import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program that draws pages as pictures, small ones: what differs there a reader sees. */
interface Viewer {
  readonly command: string;
  readonly draw: (file: string, folder: string) => readonly string[];
}

const RESOLUTION = '40';
const TIMEOUT_MS = 30_000;

const viewers: readonly Viewer[] = [
  { command: 'pdftoppm', draw: (file, folder) => ['-r', RESOLUTION, file, join(folder, 'page')] },
  {
    command: 'mutool',
    draw: (file, folder) => ['draw', '-q', '-r', RESOLUTION, '-o', join(folder, 'page-%03d.ppm'), file],
  },
  {
    command: 'gs',
    draw: (file, folder) => [
      '-q',
      '-dSAFER',
      '-dBATCH',
      '-dNOPAUSE',
      '-sDEVICE=ppmraw',
      `-r${RESOLUTION}`,
      `-sOutputFile=${join(folder, 'page-%03d.ppm')}`,
      file,
    ],
  },
];

/** The viewers that this machine has, by command. */
export function installedViewers(): readonly string[] {
  return viewers
    .map(({ command }) => command)
    .filter((command) => spawnSync(command, ['--version']).error === undefined);
}

/** What a viewer draws of each page, as digests; nothing where it draws none. */
export function drawPages(bytes: Uint8Array, command: string): readonly string[] {
  const viewer = viewers.find((each) => each.command === command);
  if (!viewer) throw new Error(`no viewer is called ${command}`);
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-drawn-'));
  try {
    const file = join(folder, 'in.pdf');
    writeFileSync(file, bytes);
    spawnSync(viewer.command, viewer.draw(file, folder), { stdio: 'ignore', timeout: TIMEOUT_MS });
    const pictures = readdirSync(folder).filter((each) => each.endsWith('.ppm'));
    return pictures.toSorted().map((picture) =>
      createHash('sha256')
        .update(readFileSync(join(folder, picture)))
        .digest('hex'),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
