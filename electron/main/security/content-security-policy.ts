type Policy = Readonly<Record<string, readonly string[]>>;

/** What every page of the application is denied, whatever else it may do. */
const denied: Policy = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  'object-src': ["'none'"],
};

function policyText(policy: Policy): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
}

/**
 * For the screens. `wasm-unsafe-eval` lets pdf.js compile its JBIG2 and JPEG 2000 decoders, which scanned letters need;
 * it does not allow `eval`. pdf.js and the components set styles through the CSSOM, so no inline style is allowed.
 */
export const screenPolicy = policyText({
  ...denied,
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'", 'doc:'],
  'worker-src': ["'self'", 'blob:'],
});

/** For the recovery page: no script at all, and the one style sheet whose SHA-256 (base64) is given. */
export function recoveryPolicy(styleHash: string): string {
  return policyText({ ...denied, 'style-src': [`'sha256-${styleHash}'`] });
}
