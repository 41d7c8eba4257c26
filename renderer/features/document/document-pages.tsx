import { useTranslation } from 'react-i18next';
import type { StoredFile } from '#shared/contract/common.ts';
import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import type { ArrivalStampText } from '#shared/domain/arrival-stamp.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { PageView } from '../../components/page-view/page-view.tsx';
import type { PrintPages } from '../../components/page-view/use-print-pages.tsx';
import { nameSigner } from '../signatures/verdict.ts';
import { Note } from './note.tsx';
import type { SignedRevisionHandle } from './use-signed-revision.ts';

interface DocumentPagesProps {
  readonly file: StoredFile;
  readonly report: VerificationReport | null;
  readonly signed: SignedRevisionHandle;
  readonly mark?: PageRectangle | null;
  readonly hint?: string;
  readonly stamp?: ArrivalStampText | null;
  readonly printing?: PrintPages;
}

/** The pages of a document, or of what one of its signatures covers, with a line that says so. */
export function DocumentPages({ file, report, signed, mark = null, hint, stamp = null, printing }: DocumentPagesProps) {
  const { t } = useTranslation();
  const { shown } = signed;
  const signature = shown === null ? undefined : report?.signatures.find(({ index }) => index === shown.index);
  return (
    <>
      {signed.failure !== null && <ErrorNote failure={signed.failure} />}
      {shown !== null && (
        <Note
          icon="shield-check"
          title={t('signatures.signedBanner.title', {
            name: signature === undefined ? t('signatures.panel.unknown') : nameSigner(t, signature),
          })}
          action={
            <Button icon="undo" onClick={signed.leave}>
              {t('signatures.signedBanner.back')}
            </Button>
          }
        >
          {t('signatures.signedBanner.text', { index: shown.index + 1 })}
        </Note>
      )}
      <PageView
        fileId={(shown?.file ?? file).fileId}
        fileName={(shown?.file ?? file).name}
        mark={mark}
        stamp={shown === null ? stamp : null}
        {...(hint === undefined ? {} : { hint })}
        {...(printing === undefined || shown !== null
          ? {}
          : { onPrint: () => void printing.print(file.fileId, stamp), isPrinting: printing.busy })}
      />
    </>
  );
}
