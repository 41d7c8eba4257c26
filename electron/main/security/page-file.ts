import path from 'node:path';
import { APP_HOST } from './app-origin.ts';

/** The file below `rendererDir` that an `app://` address means; null for every address that means none. */
export function pageFile(rendererDir: string, address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'app:' || url.host !== APP_HOST) return null;
  const name = decodePath(url.pathname);
  if (name === null) return null;
  const root = path.resolve(rendererDir);
  const file = path.resolve(root, `.${name === '/' ? '/index.html' : name}`);
  return file.startsWith(root + path.sep) ? file : null;
}

/** Rejects what could mean another folder on any system: dot segments, back slashes, drive letters, NUL. */
function decodePath(pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/') || /[\\:\0]/.test(decoded)) return null;
  const segments = decoded.slice(1).split('/');
  return segments.some((segment) => segment === '..' || segment === '.') ? null : decoded;
}
