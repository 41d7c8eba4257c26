import { readFile } from 'node:fs/promises';
import { systemCode } from '../diagnostics/system-code.ts';
import { screenPolicy } from './content-security-policy.ts';
import { mimeType } from './mime-type.ts';
import { pageFile } from './page-file.ts';

const commonHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

/** A page or part of one, with the headers that confine it. */
export function pageResponse(body: BodyInit, contentType: string, policy: string): Response {
  return new Response(body, {
    headers: { ...commonHeaders, 'Content-Type': contentType, 'Content-Security-Policy': policy },
  });
}

export function refuse(status: 404 | 405): Response {
  return new Response(null, { status, headers: commonHeaders });
}

/** Answers `app://` requests with the files of `rendererDir` and nothing else. */
export async function answerPage(rendererDir: string, request: Request): Promise<Response> {
  if (request.method !== 'GET') return refuse(405);
  const file = pageFile(rendererDir, request.url);
  if (file === null) return refuse(404);
  try {
    return pageResponse(await readFile(file), mimeType(file), screenPolicy);
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'].includes(systemCode(error))) return refuse(404);
    throw error;
  }
}
