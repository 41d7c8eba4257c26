import type { Locale } from '../contract/shell.ts';
import { fillText } from './fill-text.ts';
import { shellEn } from './shell.en.ts';
import { shellVi, type ShellMessages } from './shell.vi.ts';

const catalogues: Readonly<Record<Locale, ShellMessages>> = { vi: shellVi, en: shellEn };

export function shellMessages(locale: Locale): ShellMessages {
  return catalogues[locale];
}

/** Puts parameters in the place of `{name}`; lines that are left empty for want of one are dropped. */
export function fillMessage(text: string, params: Readonly<Record<string, string | number>>): string {
  return fillText(text, params)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .join('\n');
}
