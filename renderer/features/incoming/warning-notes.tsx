import { useTranslation } from 'react-i18next';
import { incoming } from '../../i18n/vi/incoming.ts';
import { Note } from '../document/note.tsx';

type WarningCode = Exclude<keyof typeof incoming.warnings, 'title' | 'other'>;

function isKnown(code: string): code is WarningCode {
  return Object.hasOwn(incoming.warnings, code) && code !== 'title' && code !== 'other';
}

/** What was wrong with the message; only what the clerk has to act on stands above the page. */
const actedOn: ReadonlySet<string> = new Set([
  'SECRET_DOCUMENT',
  'CHANGES_EARLIER_DOCUMENT',
  'ATTACHMENT_MISSING',
  'ATTACHMENT_UNZIP_FAILED',
  'ATTACHMENT_PDF_CORRUPTED',
  'PDF_ENCRYPTED',
  'PDF_BROKEN',
]);

export function WarningNotes({ warnings }: { readonly warnings: readonly string[] }) {
  const { t } = useTranslation();
  const words = useWarningWords(warnings.filter((code) => actedOn.has(code)));
  if (words.length === 0) return null;
  return <Note title={t('incoming.warnings.title')}>{words.join(' ')}</Note>;
}

/** Sentences for warning codes, in their order. */
export function useWarningWords(codes: readonly string[]): readonly string[] {
  const { t } = useTranslation();
  return codes.map((code) => (isKnown(code) ? t(`incoming.warnings.${code}`) : t('incoming.warnings.other', { code })));
}
