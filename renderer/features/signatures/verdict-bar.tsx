import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { describeFinding, nameFinding } from '#shared/messages/describe-finding.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { worstFirst } from './severity.ts';
import { nameSigner, verdictLooks } from './verdict.ts';
import styles from './verdict-bar.module.css';

interface VerdictBarProps {
  readonly report: VerificationReport;
  /** Why sound signatures still want a look; they count as "cần lưu ý" then. */
  readonly doubts?: readonly string[];
  /** Opens exactly what the last signature covers. */
  readonly onShowSigned?: (index: number) => void;
  /** Opens the full report. */
  readonly onDetails?: () => void;
  readonly busy?: boolean;
}

const noDoubts: readonly string[] = [];

/** The verdict on a document in one line: icon, word, plain sentence. */
export function VerdictBar({ report, doubts = noDoubts, onShowSigned, onDetails, busy = false }: VerdictBarProps) {
  const { t, i18n } = useTranslation();
  const [doubt] = report.verdict === 'VALID' ? doubts : [];
  const verdict = doubt === undefined ? report.verdict : 'WARN';
  const { icon, tone } = verdictLooks[verdict];
  const last = report.signatures.at(-1);
  const sentence = doubt ?? verdictSentence(t, i18n.language, report);
  return (
    <div
      className={styles.bar}
      data-tone={tone}
      data-verdict={verdict}
      role="group"
      aria-label={t('signatures.bar.label')}
    >
      <Icon name={icon} size={18} />
      <p title={sentence}>
        <b>{doubt === undefined ? verdictTitle(t, report) : t('signatures.bar.WARN')}</b> <span>· {sentence}</span>
      </p>
      {verdict !== 'VALID' && verdict !== 'UNSIGNED' && onDetails !== undefined && (
        <Button variant="quiet" onClick={onDetails}>
          {t('signatures.details')}
        </Button>
      )}
      {last !== undefined && onShowSigned !== undefined && (
        <Button variant="quiet" busy={busy} onClick={() => onShowSigned(last.index)}>
          {t('signatures.showSigned')}
        </Button>
      )}
    </div>
  );
}

const numberWords = ['one', 'two', 'three', 'four', 'five'] as const;

function verdictTitle(t: TFunction, report: VerificationReport): string {
  if (report.verdict !== 'VALID') return t(`signatures.bar.${report.verdict}`);
  const count = report.signatures.length;
  const word = numberWords[count - 1];
  const number = word === undefined ? count : t(`signatures.numbers.${word}`);
  return t('signatures.bar.VALID', { count, number });
}

function verdictSentence(t: TFunction, language: string, report: VerificationReport): string {
  if (report.verdict === 'UNSIGNED') return t('signatures.bar.UNSIGNED_text');
  if (report.verdict === 'VALID') {
    const names = report.signatures.map((signature) => nameSigner(t, signature)).join(', ');
    return `${names} · ${t('signatures.bar.untouched')}`;
  }
  const findings = worstFirst(report);
  const first = findings[0];
  if (first === undefined) return t(`signatures.words.${report.verdict}`);
  // What must not be used is said at once; for the rest the advice is one click away.
  const sentence = report.verdict === 'INVALID' ? describeFinding(language, first) : nameFinding(language, first);
  const more = new Set(findings.map((finding) => finding.code)).size - 1;
  return more === 0 ? sentence : `${sentence} (${t('signatures.bar.more', { count: more })})`;
}
