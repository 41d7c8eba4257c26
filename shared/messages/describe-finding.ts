import type { Finding } from '../domain/verification.ts';
import { formatInstantDay } from '../domain/vn-date.ts';
import { fillText } from './fill-text.ts';
import { findingWordsEn, findingWordsVi, type FindingWords } from './finding-words.ts';
import { findingsEn } from './findings.en.ts';
import { findingsVi } from './findings.vi.ts';

const instantPattern = /^\d{4}-\d{2}-\d{2}T/;

/** The finding's sentences, its parameters put in; `language` is `vi` or `en`. */
export function describeFinding(language: string, finding: Finding): string {
  return fill(language, messageOf(language, finding), finding);
}

/** What was found, without the advice that follows it. */
export function nameFinding(language: string, finding: Finding): string {
  const message = messageOf(language, finding);
  const end = message.search(/[.;] /);
  return fill(language, end === -1 ? message : `${message.slice(0, end)}.`, finding);
}

function messageOf(language: string, finding: Finding): string {
  return (language === 'en' ? findingsEn : findingsVi)[finding.code];
}

function fill(language: string, message: string, finding: Finding): string {
  const words = language === 'en' ? findingWordsEn : findingWordsVi;
  const shown: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(finding.params)) {
    shown[name] = typeof value === 'number' ? value : say(words, name, value);
  }
  return fillText(message, shown, () => '—');
}

/** Codes and instants as they are said. A code without words is one of another version: better it than nothing. */
function say({ anomalies, causes }: FindingWords, name: string, value: string): string {
  const word = (of: Readonly<Record<string, string>>, code: string): string => of[code] ?? code;
  if (name === 'notes') {
    return value
      .split(', ')
      .map((code) => word(anomalies, code))
      .join('; ');
  }
  if (name === 'cause') return word(causes, value);
  return instantPattern.test(value) ? formatInstantDay(value) : value;
}
