import { formatInstantDay } from '#shared/domain/vn-date.ts';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '#shared/domain/phone-number.ts';
import type { Officer } from '#shared/domain/rota.ts';
import { Icon } from '../../components/icon.tsx';
import { numberState } from './rota-words.ts';
import styles from './rota.module.css';

interface NumberMarkProps {
  readonly officer: Officer | null;
  /** With the number and the day of its verification. */
  readonly long?: boolean;
}

/** Whether an officer's number gets messages. */
export function NumberMark({ officer, long = false }: NumberMarkProps) {
  const { t } = useTranslation();
  const state = numberState(officer);
  const phone = officer?.phone ? formatPhone(officer.phone) : null;
  const words =
    long && phone !== null
      ? officer?.phoneVerifiedAt && state === 'verified'
        ? t('rota.number.verifiedAt', { phone, day: formatInstantDay(officer.phoneVerifiedAt) })
        : `${phone} · ${t(`rota.number.${state}`)}`
      : t(`rota.number.${state}`);
  return (
    <span className={styles.mark} data-state={state}>
      <Icon name={state === 'verified' ? 'check' : 'warning'} size={12} />
      <span>{words}</span>
    </span>
  );
}
