import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoredFile } from '#shared/contract/common.ts';
import { MAX_ATTACHMENT_NAME, MAX_ATTACHMENTS } from '#shared/domain/attachment-rules.ts';
import type { CallFailure } from '../../api/call-failure.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { TextField } from '../../components/text-field.tsx';
import { formatSize } from '../../i18n/format.ts';
import { AttachmentSaid } from './attachment-said.tsx';
import type { LetterAttachment } from './letter-form.ts';
import recipients from './recipients.module.css';
import { pickedAttachment } from './unsaved-letters.ts';
import styles from './letter-files.module.css';

interface LetterFilesProps {
  readonly file: StoredFile;
  readonly attachments: readonly LetterAttachment[];
  readonly replacing: boolean;
  readonly replaceFailure: CallFailure | null;
  readonly onReplace: () => void;
  readonly onChange: (attachments: readonly LetterAttachment[]) => void;
  /** Shows a PDF in the place of the letter's page. */
  readonly onView: (file: StoredFile) => void;
}

/** The letter's own file, and what goes with it: added, named, put in order, looked at, taken out. */
export function LetterFiles(props: LetterFilesProps) {
  const { file, attachments, replacing, replaceFailure, onReplace, onChange, onView } = props;
  const { t, i18n } = useTranslation();
  const titleId = useId();
  const pick = useCommand('files.pick');
  const attach = useCommand('letters.attach');
  const [failure, setFailure] = useState<CallFailure | null>(null);

  const add = async (): Promise<void> => {
    setFailure(null);
    const picked = await pick.run({ purpose: 'attachment' });
    if (!picked.ok) return;
    const added: LetterAttachment[] = [];
    for (const { token } of picked.value.files) {
      const outcome = await attach.run({ token });
      if (outcome.ok) added.push(pickedAttachment(outcome.value));
      else setFailure(outcome.failure);
    }
    if (added.length > 0) onChange([...attachments, ...added].slice(0, MAX_ATTACHMENTS));
  };
  const move = (from: number, to: number): void => {
    const next = [...attachments];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
  };
  const shown = pick.failure ?? failure ?? replaceFailure;
  return (
    <section className={recipients.picker} aria-labelledby={titleId}>
      <div className={recipients.head}>
        <h3 id={titleId}>{t('outgoing.files.title')}</h3>
        <Button variant="quiet" icon="plus" busy={pick.busy || attach.busy} onClick={() => void add()}>
          {t('outgoing.files.add')}
        </Button>
      </div>
      <div className={styles.main}>
        <Icon name="file" />
        <span className={styles.name}>{file.name}</span>
        <Button variant="quiet" busy={replacing} onClick={onReplace}>
          {t('outgoing.files.replace')}
        </Button>
      </div>
      {attachments.length > 0 && (
        <ol className={styles.list} aria-label={t('document.attachments.label')}>
          {attachments.map((one, at) => (
            <li key={`${one.fileId} ${at}`}>
              <TextField
                label={t('outgoing.files.nameOf', { number: at + 1, size: formatSize(one.size, i18n.language) })}
                value={one.name}
                onChange={(name) =>
                  onChange(attachments.map((each, index) => (index === at ? { ...each, name } : each)))
                }
                maxLength={MAX_ATTACHMENT_NAME}
              />
              <span className={styles.buttons}>
                {one.pageCount !== null && (
                  <Button
                    variant="quiet"
                    label={t('document.attachments.open', { name: one.name })}
                    onClick={() => onView(one)}
                  >
                    {t('document.attachments.view')}
                  </Button>
                )}
                <Button
                  variant="quiet"
                  icon="chevron-up"
                  label={t('outgoing.files.up', { name: one.name })}
                  disabled={at === 0}
                  onClick={() => move(at, at - 1)}
                />
                <Button
                  variant="quiet"
                  icon="chevron-down"
                  label={t('outgoing.files.down', { name: one.name })}
                  disabled={at === attachments.length - 1}
                  onClick={() => move(at, at + 1)}
                />
                <Button
                  variant="quiet"
                  icon="close"
                  label={t('outgoing.files.remove', { name: one.name })}
                  onClick={() => onChange(attachments.filter((_, index) => index !== at))}
                />
              </span>
              <AttachmentSaid attachment={one} />
            </li>
          ))}
        </ol>
      )}
      {shown !== null && <ErrorNote failure={shown} />}
    </section>
  );
}
