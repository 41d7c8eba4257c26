import { readFile } from 'node:fs/promises';
import path from 'node:path';

interface TextRule {
  readonly name: string;
  readonly applies: (file: string) => boolean;
  readonly pattern: RegExp;
}

const isCode = (file: string): boolean => /\.(ts|tsx|mjs|css|html|yml|sh)$/.test(file) || file === '.ci/run';
const isTest = (file: string): boolean => /\.(test|spec)\.tsx?$/.test(file);

const textRules: readonly TextRule[] = [
  {
    name: 'a registry address in the lockfile',
    applies: (file) => file === 'package-lock.json',
    pattern: /"resolved": /,
  },
  {
    name: 'a path of one particular machine',
    applies: () => true,
    pattern: /(?<![\w.~*-])\/(?:work|root)\/[\w.-]+/,
  },
  {
    // Tests invent home folders to see that they are masked.
    name: 'a path of one particular machine',
    applies: (file) => !file.startsWith('tests/'),
    pattern: /(?<![\w.~*-])\/(?:home|Users)\/[\w.-]+/,
  },
  {
    name: 'a focused or disabled test',
    applies: isTest,
    pattern: /\b(?:describe|it|test)\.(?:only|skip|todo|fixme|fails)\b/,
  },
  {
    name: 'an unfinished place',
    applies: isCode,
    pattern: /\b(?:TODO|FIXME|XXX)\b/,
  },
  {
    name: 'a suppressed check',
    applies: isCode,
    pattern: /@ts-(?:ignore|nocheck|expect-error)|(?:ox|es)lint-disable/,
  },
];

/** Files that hold the rules or their examples. */
const exemptFiles = ['scripts/check/check-text.ts', 'tests/unit/scripts/check-text.test.ts'];

/** Text that no file of the repository may contain; one line `file:line rule` per find. */
export async function checkText(root: string, files: readonly string[]): Promise<readonly string[]> {
  const finds = await Promise.all(
    files.map(async (file) => {
      const rules = exemptFiles.includes(file) ? [] : textRules.filter((rule) => rule.applies(file));
      const bytes = await readFile(path.join(root, file));
      if (rules.length === 0 || bytes.includes(0)) return [];
      const lines = bytes.toString('utf8').split('\n');
      return lines.flatMap((line, index) =>
        rules.filter(({ pattern }) => pattern.test(line)).map(({ name }) => `${file}:${index + 1} ${name}`),
      );
    }),
  );
  return finds.flat();
}
