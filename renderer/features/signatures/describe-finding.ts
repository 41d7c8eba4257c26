import type { Finding, Severity, VerificationReport } from '#shared/domain/verification.ts';
import { fillText } from '#shared/messages/fill-text.ts';
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

/** The finding's sentences, its parameters put in; `language` is `vi` or `en`. */
export function describeFinding(language: string, finding: Finding): string {
  return fill(messageOf(language, finding), finding);
}

/** What was found, without the advice that follows it. */
export function nameFinding(language: string, finding: Finding): string {
  const message = messageOf(language, finding);
  const end = message.search(/[.;] /);
  return fill(end === -1 ? message : `${message.slice(0, end)}.`, finding);
}

function messageOf(language: string, finding: Finding): string {
  return (language === 'en' ? findingsEn : findingsVi)[finding.code];
}

function fill(message: string, finding: Finding): string {
  const shown: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(finding.params)) {
    shown[name] = typeof value === 'string' && instantPattern.test(value) ? formatInstantDay(value) : value;
  }
  return fillText(message, shown, () => '—');
}
