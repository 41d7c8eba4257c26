import { useTranslation } from 'react-i18next';
import type { ReceptionWarning } from '#shared/domain/reception-warnings.ts';
import { Note } from '../document/note.tsx';

/** What was wrong with the message; only what the clerk has to act on stands above the page. */
const actedOn: readonly ReceptionWarning[] = [
  'SECRET_DOCUMENT',
  'CHANGES_EARLIER_DOCUMENT',
  'SAME_ID_OTHER_CONTENT',
  'SENDER_NAME_DIFFERS',
  'PAGE_AGENCY_DIFFERS',
  'SIGNER_ORGANISATION_DIFFERS',
  'SIGNER_NAME_DIFFERS',
  'ATTACHMENT_MISSING',
  'ATTACHMENT_UNZIP_FAILED',
  'ATTACHMENT_PDF_CORRUPTED',
  'PDF_ENCRYPTED',
  'PDF_BROKEN',
];

export function WarningNotes({ warnings }: { readonly warnings: readonly ReceptionWarning[] }) {
  const { t } = useTranslation();
  const words = useWarningWords(warnings.filter((code) => actedOn.includes(code)));
  if (words.length === 0) return null;
  return <Note title={t('incoming.warnings.title')}>{words.join(' ')}</Note>;
}

const aboutSigner: readonly ReceptionWarning[] = ['SIGNER_NAME_DIFFERS', 'SIGNER_ORGANISATION_DIFFERS'];

/** Why signatures that are sound still want a look: they are not of those whom page and sender name. */
export function useSignerDoubts(warnings: readonly ReceptionWarning[]): readonly string[] {
  return useWarningWords(warnings.filter((code) => aboutSigner.includes(code)));
}

/** Sentences for warning codes, in their order. */
export function useWarningWords(codes: readonly ReceptionWarning[]): readonly string[] {
  const { t } = useTranslation();
  return codes.map((code) => t(`incoming.warnings.codes.${code}`));
}
