import { createHash } from 'node:crypto';
import type { BackupSummary } from '#shared/contract/backup.ts';
import type { Locale } from '#shared/contract/shell.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { errors as errorsEn } from '#shared/messages/errors.en.ts';
import { errors as errorsVi } from '#shared/messages/errors.vi.ts';
import { fillMessage, shellMessages } from '#shared/messages/shell-messages.ts';
import type { CoreFailure } from '../processes/core-supervisor.ts';
import { RECOVERY_URL } from '../security/app-origin.ts';

const recoveryActions = ['try-again', 'export-diagnostics', 'quit'] as const;
/** How many backups the page offers: the newest may have been made of what was damaged already. */
const OFFERED = 3;

export type RecoveryAction =
  | (typeof recoveryActions)[number]
  | 'choose-place'
  /** A restore of the backup with this id. */
  | { readonly restore: string };

/** What there is to restore from, for a database that is damaged. */
export interface RestoreOffer {
  /** The newest first. */
  readonly backups: readonly BackupSummary[];
  readonly running: boolean;
  /** Why the last attempt failed. */
  readonly failed: string | null;
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 "Segoe UI", Inter, "Noto Sans", "DejaVu Sans", sans-serif; }
body { margin: 0; padding: 32px 40px; background: light-dark(#ffffff, #1f1f1f); color: light-dark(#1b1b1b, #f0f0f0); }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 32px; font-weight: 600; }
h2 { margin: 20px 0 4px; font-size: 15px; font-weight: 600; }
p { margin: 0; max-width: 62ch; }
.what { font-size: 17px; }
.code { margin-top: 20px; color: light-dark(#5c5c5c, #b0b0b0); font-size: 13px; }
nav { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 24px; }
a { padding: 6px 16px; border: 1px solid light-dark(#8a8a8a, #8a8a8a); border-radius: 4px; color: inherit; text-decoration: none; }
nav:first-of-type a:first-child { background: light-dark(#0f5fa8, #4ba0e8); border-color: transparent; color: light-dark(#ffffff, #101010); }
a:focus-visible { outline: 2px solid light-dark(#0f5fa8, #9ccbf5); outline-offset: 2px; }
`;

/** SHA-256 (base64) of the page's one style sheet, for its Content-Security-Policy. */
export const recoveryStyleHash = createHash('sha256').update(style).digest('base64');

/** A page without script that says what failed, what is kept and what to do. Its buttons are links the shell catches. */
export function recoveryPage(failure: CoreFailure, offer: RestoreOffer | null, locale: Locale): string {
  const { recovery, failures } = shellMessages(locale);
  const { what, kept, next } = failures[failure.code];
  const labels: Readonly<Record<(typeof recoveryActions)[number], string>> = {
    'try-again': recovery.tryAgain,
    'export-diagnostics': recovery.exportDiagnostics,
    quit: recovery.quit,
  };
  const buttons = recoveryActions.map(
    (action) => `<a id="${action}" role="button" href="${RECOVERY_URL}/${action}">${escapeHtml(labels[action])}</a>`,
  );
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><title>Văn Thư</title><style>${style}</style></head>
<body>
<main>
<h1>${escapeHtml(recovery.heading)}</h1>
<p class="what">${escapeHtml(what)}</p>
<h2>${escapeHtml(recovery.keptLabel)}</h2>
<p>${escapeHtml(kept)}</p>
<h2>${escapeHtml(recovery.nextLabel)}</h2>
<p>${escapeHtml(next)}</p>
${offer === null ? '' : restoreSection(offer, locale)}${offer?.running === true ? '' : `<nav>${buttons.join('')}</nav>`}
<p class="code">${escapeHtml(recovery.codeLabel)}: ${failure.code}</p>
</main>
</body>
</html>
`;
}

function restoreSection({ backups, running, failed }: RestoreOffer, locale: Locale): string {
  const { recovery } = shellMessages(locale);
  if (running)
    return `<h2>${escapeHtml(recovery.restoreLabel)}</h2><p role="status">${escapeHtml(recovery.restoring)}</p>`;
  const buttons = backups.slice(0, OFFERED).map(({ id, at, documents }) => {
    const local = vietnamTimestamp(Date.parse(at));
    const date = `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`;
    const label = fillMessage(recovery.restore, { time: local.slice(11, 16), date, count: documents });
    return `<a role="button" href="${RECOVERY_URL}/restore/${escapeHtml(id)}">${escapeHtml(label)}</a>`;
  });
  const place = `<a role="button" href="${RECOVERY_URL}/choose-place">${escapeHtml(recovery.choosePlace)}</a>`;
  const text = backups.length === 0 ? recovery.noBackups : recovery.restoreText;
  const why = failed === null ? '' : `<p role="alert">${escapeHtml(whyNot(failed, locale))}</p>`;
  return `<h2>${escapeHtml(recovery.restoreLabel)}</h2>${why}<p>${escapeHtml(text)}</p><nav>${buttons.join('')}${place}</nav>`;
}

function whyNot(code: string, locale: Locale): string {
  const words = locale === 'vi' ? errorsVi : errorsEn;
  const { what, next } = Object.hasOwn(words, code) ? words[code as keyof typeof words] : words.UNEXPECTED;
  return fillMessage(shellMessages(locale).recovery.notRestored, { what, next });
}

/** The button that a link of the recovery page stands for; null for any other address. */
export function recoveryAction(address: string): RecoveryAction | null {
  const restore = `${RECOVERY_URL}/restore/`;
  if (address.startsWith(restore)) return { restore: address.slice(restore.length) };
  const known = [...recoveryActions, 'choose-place'] as const;
  return known.find((action) => address === `${RECOVERY_URL}/${action}`) ?? null;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
