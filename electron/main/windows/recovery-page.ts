import { createHash } from 'node:crypto';
import type { Locale } from '#shared/contract/shell.ts';
import { shellMessages } from '#shared/messages/shell-messages.ts';
import type { CoreFailure } from '../processes/core-supervisor.ts';
import { RECOVERY_URL } from '../security/app-origin.ts';

export const recoveryActions = ['try-again', 'export-diagnostics', 'quit'] as const;
export type RecoveryAction = (typeof recoveryActions)[number];

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
a:first-child { background: light-dark(#0f5fa8, #4ba0e8); border-color: transparent; color: light-dark(#ffffff, #101010); }
a:focus-visible { outline: 2px solid light-dark(#0f5fa8, #9ccbf5); outline-offset: 2px; }
`;

/** SHA-256 (base64) of the page's one style sheet, for its Content-Security-Policy. */
export const recoveryStyleHash = createHash('sha256').update(style).digest('base64');

/** A page without script that says what failed, what is kept and what to do. Its buttons are links the shell catches. */
export function recoveryPage(failure: CoreFailure, locale: Locale): string {
  const { recovery, failures } = shellMessages(locale);
  const { what, kept, next } = failures[failure.code];
  const labels: Readonly<Record<RecoveryAction, string>> = {
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
<nav>${buttons.join('')}</nav>
<p class="code">${escapeHtml(recovery.codeLabel)}: ${failure.code}</p>
</main>
</body>
</html>
`;
}

/** The button that a link of the recovery page stands for; null for any other address. */
export function recoveryAction(address: string): RecoveryAction | null {
  return recoveryActions.find((action) => address === `${RECOVERY_URL}/${action}`) ?? null;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
