import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoredFile } from '#shared/contract/common.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatSize } from '../../i18n/format.ts';
import { AttachmentPage } from './attachment-page.tsx';
import styles from './attachments.module.css';

/** Files that came with the document: PDFs can be looked at here, all of them saved elsewhere. */
export function Attachments({ files }: { readonly files: readonly StoredFile[] }) {
  const { t, i18n } = useTranslation();
  const saveCopy = useCommand('files.saveCopy');
  const [shown, setShown] = useState<StoredFile | null>(null);
  if (shown !== null) {
    return <AttachmentPage file={shown} backLabel={t('document.attachments.back')} onBack={() => setShown(null)} />;
  }
  return (
    <>
      {saveCopy.failure !== null && <ErrorNote failure={saveCopy.failure} />}
      <ul className={styles.list} aria-label={t('document.attachments.label')}>
        {files.map((file) => (
          <li key={file.fileId}>
            <Icon name="file" />
            <span className={styles.name}>{file.name}</span>
            <span className={styles.size}>
              {[
                file.pageCount === null ? null : t('document.attachments.pages', { count: file.pageCount }),
                formatSize(file.size, i18n.language),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
            {file.pageCount !== null && (
              <Button
                variant="quiet"
                label={t('document.attachments.open', { name: file.name })}
                onClick={() => setShown(file)}
              >
                {t('document.attachments.view')}
              </Button>
            )}
            <Button
              variant="quiet"
              label={t('document.attachments.download', { name: file.name })}
              onClick={() => void saveCopy.run({ fileId: file.fileId, suggestedName: file.name.slice(0, 200) })}
            >
              {t('document.attachments.save')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
