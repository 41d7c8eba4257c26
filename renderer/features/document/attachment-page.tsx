import { useTranslation } from 'react-i18next';
import type { StoredFile } from '#shared/contract/common.ts';
import { Button } from '../../components/button.tsx';
import { PageView } from '../../components/page-view/page-view.tsx';
import { Note } from './note.tsx';

interface AttachmentPageProps {
  readonly file: Pick<StoredFile, 'fileId' | 'name'>;
  readonly backLabel: string;
  readonly onBack: () => void;
}

/** The pages of an attachment, with the way back to what it goes with. */
export function AttachmentPage({ file, backLabel, onBack }: AttachmentPageProps) {
  const { t } = useTranslation();
  return (
    <PageView
      fileId={file.fileId}
      fileName={file.name}
      banner={
        <Note
          tone="plain"
          icon="attachment"
          title={t('document.attachments.showing')}
          action={
            <Button icon="chevron-left" onClick={onBack}>
              {backLabel}
            </Button>
          }
        >
          {file.name}
        </Note>
      }
    />
  );
}
