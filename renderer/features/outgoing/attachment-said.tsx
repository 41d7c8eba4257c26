import { useTranslation } from 'react-i18next';
import { describeError } from '../../i18n/describe-error.ts';
import type { LetterAttachment } from './letter-form.ts';
import styles from './letter-files.module.css';

/** What was found when the attachment was added: why the agency cannot sign it, and what to do; or that it was mended. */
export function AttachmentSaid({ attachment }: { readonly attachment: LetterAttachment }) {
  const { t } = useTranslation();
  const { obstacle, mended } = attachment;
  if (obstacle != null) {
    const { what, next } = describeError(t, { code: obstacle });
    return (
      <p className={styles.said} data-obstacle role="note">
        {t('document.attachments.unsigned', { what })} {next}
      </p>
    );
  }
  if (mended == null) return null;
  return (
    <p className={styles.said} role="note">
      {t('outgoing.mended.title')}
    </p>
  );
}
