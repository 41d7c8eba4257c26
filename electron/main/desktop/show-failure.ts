import { dialog } from 'electron';
import type { Locale } from '#shared/contract/shell.ts';
import { errors as errorsEn } from '#shared/messages/errors.en.ts';
import { errors as errorsVi } from '#shared/messages/errors.vi.ts';

/** Says what went wrong where no screen can: an action of the menu or of the recovery page. */
export function showFailure(locale: Locale, code: string): void {
  const catalogue = locale === 'en' ? errorsEn : errorsVi;
  const { what, kept, next } = catalogue[isKnown(code) ? code : 'UNEXPECTED'];
  dialog.showErrorBox(what, `${kept}\n${next}`);
}

function isKnown(code: string): code is keyof typeof errorsVi {
  return Object.hasOwn(errorsVi, code);
}
