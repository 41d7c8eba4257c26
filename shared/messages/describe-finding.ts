import type { Finding } from '../domain/verification.ts';
import { formatVnDate, vietnamTimestamp } from '../domain/vn-date.ts';
import { fillText } from './fill-text.ts';
import { findingsEn } from './findings.en.ts';
import { findingsVi } from './findings.vi.ts';

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
    const isInstant = typeof value === 'string' && instantPattern.test(value);
    shown[name] = isInstant ? formatVnDate(vietnamTimestamp(Date.parse(value))) : value;
  }
  return fillText(message, shown, () => '—');
}
