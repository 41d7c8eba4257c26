import { formatInstantDay } from '#shared/domain/vn-date.ts';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding, SignatureReport, VerificationReport } from '#shared/domain/verification.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { describeFinding } from '#shared/messages/describe-finding.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { severityLooks } from './severity.ts';
import { SaveReport } from './save-report.tsx';
import { verdictLooks } from './verdict.ts';
import styles from './signature-panel.module.css';

interface SignaturePanelProps {
  /** Whose file it is. */
  readonly of: { readonly direction: Direction; readonly id: string };
  readonly report: VerificationReport | null;
  /** Opens exactly what this signature covers. */
  readonly onShowSigned: (index: number) => void;
  readonly busy?: boolean;
}

/** Everything that checking the signatures found, signature by signature, in the order of signing. */
export function SignaturePanel({ of, report, onShowSigned, busy = false }: SignaturePanelProps) {
  const { t } = useTranslation();
  if (report === null || (report.signatures.length === 0 && report.findings.length === 0)) {
    const kind = report === null ? 'pending' : 'empty';
    return (
      <EmptyState icon="pen" title={t(`signatures.panel.${kind}Title`)} text={t(`signatures.panel.${kind}Text`)} />
    );
  }
  return (
    <div className={styles.panel} role="region" aria-label={t('signatures.panel.label')}>
      <SaveReport {...of} />
      {report.findings.length > 0 && (
        <section className={styles.signature}>
          <h3>{t('signatures.panel.fileFindings')}</h3>
          <Findings findings={report.findings} />
        </section>
      )}
      {report.signatures.map((signature) => (
        <Signature
          key={signature.index}
          signature={signature}
          busy={busy}
          onShow={() => onShowSigned(signature.index)}
        />
      ))}
    </div>
  );
}

interface SignatureProps {
  readonly signature: SignatureReport;
  readonly busy: boolean;
  readonly onShow: () => void;
}

function Signature({ signature, busy, onShow }: SignatureProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const { icon, tone } = verdictLooks[signature.verdict];
  const name = signature.signerName || signature.organisation || t('signatures.panel.unknown');
  return (
    <section className={styles.signature} aria-labelledby={titleId}>
      <div className={styles.head} data-tone={tone}>
        <Icon name={icon} size={18} />
        <h3 id={titleId}>
          {t(`signatures.panel.roles.${signature.role}`)} · {name}
        </h3>
        <b>{t(`signatures.words.${signature.verdict}`)}</b>
        <Button variant="quiet" busy={busy} onClick={onShow}>
          {t('signatures.showSigned')}
        </Button>
      </div>
      <Findings findings={signature.findings} />
      <dl className={styles.facts}>
        <Fact label={t(signature.role === 'seal' ? 'signatures.panel.sealOf' : 'signatures.panel.signer')}>{name}</Fact>
        <Fact label={t('signatures.panel.title')}>{signature.signerTitle}</Fact>
        <Fact label={t('signatures.panel.organisation')}>{signature.organisation}</Fact>
        {signature.claimedTime !== undefined && (
          <Fact label={t('signatures.panel.claimedTime')}>
            {formatDateTime(signature.claimedTime)} <small>{t('signatures.panel.claimedTimeNote')}</small>
          </Fact>
        )}
        {signature.provenTime !== undefined && (
          <Fact label={t('signatures.panel.provenTime')}>
            {formatDateTime(signature.provenTime)} <small>{t('signatures.panel.provenTimeNote')}</small>
          </Fact>
        )}
        <Fact label={t('signatures.panel.level')}>{signature.level}</Fact>
        <Fact label={t('signatures.panel.reason')}>{signature.reason}</Fact>
        <Fact label={t('signatures.panel.issuer')}>{signature.issuer}</Fact>
        <Fact label={t('signatures.panel.serial')}>
          <span className={styles.serial}>{signature.serial}</span>
        </Fact>
        {signature.notBefore !== undefined && signature.notAfter !== undefined && (
          <Fact label={t('signatures.panel.validity')}>
            {t('signatures.panel.validFromTo', {
              from: formatInstantDay(signature.notBefore),
              to: formatInstantDay(signature.notAfter),
            })}
          </Fact>
        )}
        {signature.page !== undefined && (
          <Fact label={t('signatures.panel.place')}>{t('signatures.panel.onPage', { page: signature.page })}</Fact>
        )}
        <Fact label={t('signatures.panel.covers')}>
          {t(signature.coversWholeRevision ? 'signatures.panel.coversAll' : 'signatures.panel.coversPart')}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (children === '' || children === undefined) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { t, i18n } = useTranslation();
  if (findings.length === 0) return <p className={styles.good}>{t('signatures.panel.noFindings')}</p>;
  return (
    <ul className={styles.findings} aria-label={t('signatures.panel.findings')}>
      {findings.map((finding, index) => {
        const look = severityLooks[finding.severity];
        return (
          <li key={`${finding.code}/${index}`} data-tone={look.tone}>
            <Icon name={look.icon} />
            <span>{describeFinding(i18n.language, finding)}</span>
          </li>
        );
      })}
    </ul>
  );
}
