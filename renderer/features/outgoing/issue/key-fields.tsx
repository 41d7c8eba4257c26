import { useTranslation } from 'react-i18next';
import { formatInstantDay } from '#shared/domain/vn-date.ts';
import { Button } from '../../../components/button.tsx';
import { Select } from '../../../components/select.tsx';
import { TextField } from '../../../components/text-field.tsx';
import type { KeyChoice } from './key-choice.ts';
import styles from './issue.module.css';

interface KeyFieldsProps {
  readonly kind: 'person' | 'seal';
  readonly choice: KeyChoice;
  readonly chosenId: string | null;
  readonly password: string;
  readonly disabled: boolean;
  readonly onChoose: (id: string | null) => void;
  readonly onPassword: (text: string) => void;
  readonly onOpenCertificates: () => void;
}

/** Whose certificate signs or seals, and its password. */
export function KeyFields({
  kind,
  choice,
  chosenId,
  password,
  disabled,
  onChoose,
  onPassword,
  onOpenCertificates,
}: KeyFieldsProps) {
  const { t } = useTranslation();
  if (choice.all.length === 0) {
    return (
      <p className={styles.noKey}>
        {t(kind === 'person' ? 'outgoing.sign.nonePerson' : 'outgoing.sign.noneSeal')}{' '}
        <Button variant="quiet" icon="key" onClick={onOpenCertificates}>
          {t('outgoing.sign.openCertificates')}
        </Button>
      </p>
    );
  }
  const isUsable = (id: string): boolean => choice.usable.some((one) => one.id === id);
  return (
    <>
      <Select
        label={t(`outgoing.issue.key.${kind}`)}
        value={chosenId ?? ''}
        options={[
          ...(chosenId === null ? [{ value: '', label: t('outgoing.issue.notChosen') }] : []),
          ...choice.all.map(({ id, subject, notAfter }) => ({
            value: id,
            label: `${subject} · ${t(isUsable(id) ? 'outgoing.sign.validUntil' : 'outgoing.sign.expired', {
              date: formatInstantDay(notAfter),
            })}`,
          })),
        ]}
        onChange={(value) => onChoose(value === '' ? null : value)}
      />
      <TextField
        label={t(`outgoing.issue.password.${kind}`)}
        type="password"
        value={password}
        onChange={onPassword}
        maxLength={200}
        disabled={disabled}
      />
    </>
  );
}
