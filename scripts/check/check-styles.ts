import { readFile } from 'node:fs/promises';
import path from 'node:path';

interface StyleRule {
  readonly name: string;
  readonly property: RegExp;
  readonly raw: RegExp;
}

const lengthPattern = /(?<![\w.-])-?\d*\.?\d+(?:px|r?em|pt|ch|ex|vw|vh|%)/;

const styleRules: readonly StyleRule[] = [
  { name: 'a raw colour', property: /./, raw: /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|(?:ok)?l(?:ab|ch))a?\(/i },
  { name: 'a raw size of type', property: /^(?:font|font-size|line-height)$/, raw: lengthPattern },
  { name: 'a raw weight of type', property: /^(?:font|font-weight)$/, raw: /(?<![\w-])\d{3}\b/ },
  // One pixel is a hairline or an optical correction, no space.
  {
    name: 'a raw space',
    property: /^(?:scroll-)?(?:padding|margin|(?:row-|column-)?gap)(?:-[a-z-]+)?$/,
    raw: /(?<![\w.-])-?(?!1px)\d*\.?\d+(?:px|r?em|pt)\b/,
  },
];

/** Where the values stand, and where the font itself is described. */
const exemptFiles = ['renderer/styles/tokens.css', 'renderer/styles/fonts.css'];

/** A colour or a size of type that a component sets past the style sheets. */
const inScript = /['"`]#[0-9a-f]{3,8}['"`]|\b(?:fontSize|lineHeight|fontWeight)\s*:/i;

/** Colours, sizes of type and spaces of the screens that come from no token; one line `file:line rule` per find. */
export async function checkStyles(root: string, files: readonly string[]): Promise<readonly string[]> {
  const finds = await Promise.all(
    files.map(async (file) => {
      if (!file.startsWith('renderer/') || exemptFiles.includes(file)) return [];
      if (file.endsWith('.css')) return findsInSheet(file, await readFile(path.join(root, file), 'utf8'));
      if (file.endsWith('.tsx')) return findsInScript(file, await readFile(path.join(root, file), 'utf8'));
      return [];
    }),
  );
  return finds.flat();
}

function findsInSheet(file: string, source: string): string[] {
  // Keeps the line breaks, so that lines can be counted.
  const css = source.replaceAll(/\/\*.*?\*\//gs, (comment) => comment.replaceAll(/[^\n]/g, ' '));
  return [...css.matchAll(/([\w-]+)\s*:\s*([^;{}]+)[;}]/g)].flatMap((match) => {
    const [, property = '', value = ''] = match;
    const line = css.slice(0, match.index).split('\n').length;
    return styleRules
      .filter((rule) => rule.property.test(property) && rule.raw.test(value))
      .map(({ name }) => `${file}:${line} ${name}`);
  });
}

function findsInScript(file: string, source: string): string[] {
  return source
    .split('\n')
    .flatMap((line, index) => (inScript.test(line) ? [`${file}:${index + 1} a raw colour or size of type`] : []));
}
