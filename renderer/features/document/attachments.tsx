import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoredFile } from '#shared/contract/common.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import { formatSize } from '../../i18n/format.ts';
import { AttachmentPage } from './attachment-page.tsx';
import styles from './attachments.module.css';

/** A file of a document; of a letter of this office with what the agency's signature came to. */
export interface AttachedFile extends StoredFile {
  readonly signed?: boolean;
  /** Why the agency cannot sign it, the code of the refusal. */
  readonly obstacle?: string | null;
}

/** Files that came with the document: PDFs can be looked at here, all of them saved elsewhere. */
export function Attachments({ files }: { readonly files: readonly AttachedFile[] }) {
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
            <span className={styles.name}>
              {file.name}
              {file.obstacle == null ? null : (
                <small className={styles.obstacle}>
                  {t('document.attachments.unsigned', { what: describeError(t, { code: file.obstacle }).what })}
                </small>
              )}
            </span>
            <span className={styles.size}>
              {[
                file.signed === true ? t('document.attachments.signed') : null,
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
