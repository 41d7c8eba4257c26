/**
 * Address of an exchange from what was typed: `trao-doi.daklak.gov.vn` is taken as https. Null when it is no address.
 */
export function normaliseServerUrl(typed: string): string | null {
  const clean = typed.trim();
  if (clean === '' || /\s/u.test(clean)) return null;
  const full = /^[a-z][a-z0-9+.-]*:\/\//iu.test(clean) ? clean : `https://${clean}`;
  if (!URL.canParse(full)) return null;
  const url = new URL(full);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return `${url.origin}${url.pathname.replace(/\/+$/u, '')}`;
}
