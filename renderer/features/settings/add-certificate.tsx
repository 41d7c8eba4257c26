import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '#shared/contract/certificates.ts';
import type { PickedFile } from '#shared/contract/shell.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextField } from '../../components/text-field.tsx';
import styles from './settings.module.css';

interface AddCertificateProps {
  readonly role: Certificate['role'];
  readonly onClose: () => void;
}

/** Asks for a key file and its password, which is tried at once and emptied when it was wrong. */
export function AddCertificate({ role, onClose }: AddCertificateProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const [file, setFile] = useState<PickedFile | null>(null);
  const [image, setImage] = useState<PickedFile | null>(null);
  const [password, setPassword] = useState('');
  const fields = useRef<HTMLDivElement>(null);
  const add = useCommand('certificates.add');

  const run = async () => {
    if (!file) return;
    const outcome = await add.run({ token: file.token, password, role, imageToken: image?.token ?? null });
    setPassword('');
    if (!outcome.ok) {
      fields.current?.querySelector<HTMLElement>('input[type="password"]')?.focus();
      return;
    }
    notify({ text: t('settings.certificates.added', { name: outcome.value.subject }), tone: 'good' });
    onClose();
  };
  return (
    <Dialog
      title={t(role === 'seal' ? 'settings.certificates.sealTitle' : 'settings.certificates.personTitle')}
      consequence={t('settings.certificates.addText')}
      action={{ label: t('settings.certificates.add'), run: () => void run(), busy: add.busy, disabled: file === null }}
      onClose={onClose}
    >
      <FileChoice
        label={t('settings.certificates.file')}
        purpose="certificate"
        file={file}
        onPick={setFile}
        pickLabel={t('settings.certificates.pickFile')}
        autoFocus
      />
      <div ref={fields}>
        <TextField
          label={t('settings.certificates.password')}
          help={t('settings.certificates.passwordHelp')}
          type="password"
          value={password}
          onChange={setPassword}
          maxLength={200}
        />
      </div>
      <FileChoice
        label={t(role === 'seal' ? 'settings.certificates.sealImage' : 'settings.certificates.signatureImage')}
        purpose="image"
        file={image}
        onPick={setImage}
        pickLabel={t('settings.certificates.pickImage')}
      />
      {add.failure ? <ErrorNote failure={add.failure} /> : null}
    </Dialog>
  );
}

interface FileChoiceProps {
  readonly label: string;
  readonly purpose: 'certificate' | 'image';
  readonly file: PickedFile | null;
  readonly pickLabel: string;
  readonly onPick: (file: PickedFile) => void;
  readonly autoFocus?: boolean;
}

function FileChoice({ label, purpose, file, pickLabel, onPick, autoFocus = false }: FileChoiceProps) {
  const { t } = useTranslation();
  const pick = useCommand('files.pick');
  const choose = async () => {
    const outcome = await pick.run({ purpose });
    const picked = outcome.ok ? outcome.value.files[0] : undefined;
    if (picked) onPick(picked);
  };
  return (
    <div>
      <p className={styles.choiceLabel}>{label}</p>
      <div className={styles.choice}>
        <Button
          onClick={() => void choose()}
          busy={pick.busy}
          aria-label={`${pickLabel} ${label}`}
          data-autofocus={autoFocus || undefined}
        >
          {pickLabel}
        </Button>
        <span className={styles.fileName} title={file?.name}>
          {file?.name ?? t('settings.certificates.noFile')}
        </span>
      </div>
      {pick.failure ? <ErrorNote failure={pick.failure} /> : null}
    </div>
  );
}
