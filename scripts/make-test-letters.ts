/**
 * Prints the test letters (tests/fixtures/letters) as PDFs with their expected fields beside them, and copies a few to
 * the demo data. Needs Chromium, LibreOffice Writer and the fonts Tinos and Liberation Serif:
 *   apt-get install chromium libreoffice-writer-nogui fonts-croscore fonts-liberation
 * Run only when a letter changes: node scripts/make-test-letters.ts [name…]
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestLetter } from '#tests/fixtures/letters/letter.ts';
import { demoLetters, letters } from '#tests/fixtures/letters/letters.ts';

const maxBytes = 100_000;
const fixtures = join(import.meta.dirname, '../tests/fixtures/letters');
const demo = join(import.meta.dirname, '../resources/demo/letters');

const wanted = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'letters-'));
try {
  for (const letter of letters) {
    if (wanted.length === 0 || wanted.includes(letter.name)) make(letter);
  }
  mkdirSync(demo, { recursive: true });
  for (const name of demoLetters) copyFileSync(join(fixtures, `${name}.pdf`), join(demo, `${name}.pdf`));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function make(letter: TestLetter): void {
  const html = join(work, `${letter.name}.html`);
  const pdf = join(work, `${letter.name}.pdf`);
  writeFileSync(html, letter.html);
  if (letter.producer === 'chromium') {
    run('chromium', [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-pdf-header-footer',
      `--print-to-pdf=${pdf}`,
      html,
    ]);
  } else {
    const profile = `-env:UserInstallation=file://${join(work, 'profile')}`;
    const filters = ['--infilter=HTML (StarWriter)', '--convert-to', 'pdf:writer_pdf_Export', '--outdir', work, html];
    run('soffice', [profile, '--headless', ...filters]);
  }
  if (!existsSync(pdf)) throw new Error(`${letter.producer} printed no ${letter.name}.pdf`);
  const { size } = statSync(pdf);
  if (size > maxBytes) throw new Error(`${letter.name}.pdf has ${size} bytes, more than ${maxBytes}`);
  copyFileSync(pdf, join(fixtures, `${letter.name}.pdf`));
  writeFileSync(join(fixtures, `${letter.name}.expected.json`), `${JSON.stringify(letter.expected, null, 2)}\n`);
  console.log(`${letter.name}: ${size} bytes`);
}

function run(command: string, args: readonly string[]): void {
  const result = spawnSync(command, args, { encoding: 'utf8', timeout: 120_000 });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${command} ended with ${result.status}: ${result.stderr}`);
}
