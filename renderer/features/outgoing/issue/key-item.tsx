import { formatInstantDay } from '#shared/domain/vn-date.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '#shared/contract/certificates.ts';
import type { Look } from '#shared/contract/last-look.ts';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Icon } from '../../../components/icon.tsx';
import type { KeyChoice } from './key-choice.ts';
import { useDecide, type LookedWith } from './use-decide.ts';
import { Reason, Ways, type Way } from './ways.tsx';
import styles from './issue.module.css';

interface KeyItemProps {
  readonly kind: 'signer' | 'seal';
  readonly numeral: number;
  readonly detail: OutgoingDetail;
  readonly look: Look;
  readonly choice: KeyChoice;
  /** The letter has this signature already: only whether it goes on is left to decide. */
  readonly isDone: boolean;
  /** The signer signs elsewhere. */
  readonly later: boolean;
  readonly isActive: boolean;
  readonly looked: LookedWith;
  readonly onChoose: (id: string) => void;
  /** Leaves it to the signer; null for a seal, which is this office's. */
  readonly onLater: (() => void) | null;
}

/** Whose certificate signs or seals, when none is of the one that it should be: none is chosen by itself. */
export function KeyItem(props: KeyItemProps) {
  const { kind, numeral, detail, look, choice, isDone, later, isActive, looked, onChoose, onLater } = props;
  const { t } = useTranslation();
  const [again, setAgain] = useState(false);
  const difference = look.differences.find((each) => each.kind === kind);
  const deciding = useDecide(detail, looked, difference ?? { kind, subject: '' });
  const { chosen } = choice;
  const title = t(`outgoing.issue.differs.${kind}`);
  if ((later || (difference?.decision ?? null) !== null) && !again) {
    return (
      <p className={styles.decided}>
        <Icon name="check" size={14} />
        <span>
          {title} <small>·</small>{' '}
          <b>
            {later
              ? t('outgoing.issue.signsLater', { name: look.signerName })
              : t('outgoing.issue.wasAccepted', { reason: difference?.decision?.reason ?? '' })}
          </b>
        </span>
        <Button variant="quiet" onClick={() => setAgain(true)}>
          {t('outgoing.issue.change')}
        </Button>
      </p>
    );
  }
  const byCertificate = (certificate: Certificate): Way => ({
    id: certificate.id,
    label: t(`outgoing.issue.${kind === 'signer' ? 'signWith' : 'sealWith'}`, { name: certificate.subject }),
    more: t('outgoing.issue.signWithMore'),
    act: () => onChoose(certificate.id),
  });
  const leave = (): void => {
    setAgain(false);
    onLater?.();
  };
  const ways: readonly Way[] = isDone
    ? [{ id: 'done', label: t(`outgoing.issue.accept.${kind}`), act: () => setAgain(true) }]
    : [
        ...(onLater === null
          ? []
          : [{ id: 'later', label: t('outgoing.issue.leaveToSigner', { name: look.signerName }), act: leave }]),
        ...choice.usable.map(byCertificate),
      ];
  const named =
    kind === 'signer'
      ? [look.signerName, detail.fields.signerTitle].filter((part) => part !== '').join(', ')
      : (difference?.page ?? look.officeName);
  const other = difference?.other ?? chosen?.subject ?? '';
  const validity = chosen === null ? '' : t('outgoing.sign.validUntil', { date: formatInstantDay(chosen.notAfter) });
  return (
    <div className={styles.difference} data-active={isActive || undefined}>
      <p className={styles.question}>
        <span className={styles.numeral}>{numeral}</span>
        <b>{title}</b>
      </p>
      <dl className={styles.sides}>
        <dt>{t(`outgoing.issue.sides.${kind}.page`)}</dt>
        <dd>{named}</dd>
        <dt>{t(`outgoing.issue.sides.${kind}.other`)}</dt>
        <dd>
          {other === ''
            ? t('outgoing.issue.noCertificateOf', { name: kind === 'signer' ? look.signerName : look.officeName })
            : [other, validity].filter((part) => part !== '').join(' · ')}
        </dd>
      </dl>
      <Ways
        label={title}
        ways={ways}
        chosen={isDone ? null : (chosen?.id ?? null)}
        isActive={isActive}
        busy={deciding.busy}
      />
      {difference !== undefined && (isDone ? again : chosen !== null) && (
        <Reason
          busy={deciding.busy}
          onDecide={(reason) =>
            void deciding.decide('accepted', { reason }).then((isNoted) => {
              if (isNoted) setAgain(false);
            })
          }
        />
      )}
      {deciding.failure !== null && <ErrorNote failure={deciding.failure} />}
    </div>
  );
}
