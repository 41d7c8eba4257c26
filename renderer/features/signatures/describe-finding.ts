import type { Finding, Severity, VerificationReport } from '#shared/domain/verification.ts';
import { findingsEn } from '#shared/messages/findings.en.ts';
import { findingsVi } from '#shared/messages/findings.vi.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tag.tsx';
import { formatInstantDay } from '../../i18n/format.ts';

export const severityLooks: Readonly<Record<Severity, { readonly icon: IconName; readonly tone: Tone }>> = {
  info: { icon: 'info', tone: 'plain' },
  warn: { icon: 'warning', tone: 'warn' },
  indet: { icon: 'shield-question', tone: 'warn' },
  invalid: { icon: 'shield-cross', tone: 'urgent' },
};

const rank: readonly Severity[] = ['invalid', 'indet', 'warn', 'info'];

/** Findings of the whole document, the gravest first; those of `info` change no verdict and are left out. */
export function worstFirst(report: VerificationReport): readonly Finding[] {
  return [...report.findings, ...report.signatures.flatMap((signature) => signature.findings)]
    .filter((finding) => finding.severity !== 'info')
    .toSorted((one, other) => rank.indexOf(one.severity) - rank.indexOf(other.severity));
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T/;

/** The finding's sentence, its parameters put in; `language` is `vi` or `en`. */
export function describeFinding(language: string, finding: Finding): string {
  const messages = language === 'en' ? findingsEn : findingsVi;
  return messages[finding.code].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = finding.params[name];
    if (value === undefined) return '—';
    return typeof value === 'string' && instantPattern.test(value) ? formatInstantDay(value) : String(value);
  });
}
