import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerPage } from '#main/security/answer-page.ts';
import { answerStoredFile, storedFileId } from '#main/security/answer-stored-file.ts';
import { isOwnScreen, mayNavigate } from '#main/security/app-origin.ts';
import { recoveryPolicy, screenPolicy } from '#main/security/content-security-policy.ts';
import { pageFile } from '#main/security/page-file.ts';
import { fileAddress } from '#shared/domain/file-address.ts';

let folder: string;
let renderer: string;
let dataDir: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shell-'));
  renderer = path.join(folder, 'renderer');
  dataDir = path.join(folder, 'data');
  await mkdir(path.join(renderer, 'assets'), { recursive: true });
  await writeFile(path.join(renderer, 'index.html'), '<!doctype html>');
  await writeFile(path.join(renderer, 'assets', 'văn bản.js'), 'export {}');
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const escapes = [
  'app://vanthu/../secret.txt',
  'app://vanthu/%2e%2e/secret.txt',
  'app://vanthu/..%2fsecret.txt',
  'app://vanthu/assets/..%2f..%2fsecret.txt',
  'app://vanthu/..%5csecret.txt',
  'app://vanthu/%252e%252e/secret.txt',
  'app://vanthu//etc/passwd',
  'app://vanthu/C:%5cWindows%5cwin.ini',
  'app://vanthu/index.html%00.js',
  'app://vanthu/%ff',
  'app://other/index.html',
  'app://vanthu:80/index.html',
  'app://user@other/index.html',
  'doc://vanthu/index.html',
  'file:///etc/passwd',
  'not an address',
];

describe('app:// addresses', () => {
  it('lead to the files of the renderer', () => {
    expect(pageFile(renderer, 'app://vanthu/')).toBe(path.join(renderer, 'index.html'));
    expect(pageFile(renderer, 'app://vanthu/index.html?x=1#top')).toBe(path.join(renderer, 'index.html'));
    expect(pageFile(renderer, 'app://vanthu/assets/v%C4%83n%20b%E1%BA%A3n.js')).toBe(
      path.join(renderer, 'assets', 'văn bản.js'),
    );
  });

  it.each(escapes)('never lead out of its folder: %s', async (address) => {
    const file = pageFile(renderer, address);
    if (file !== null) expect(file.startsWith(renderer + path.sep)).toBe(true);
    const response = await answerPage(renderer, { method: 'GET', url: address } as Request);
    expect(response.status).toBe(404);
  });

  it('never lead out of its folder, whatever they are made of', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2E%2e',
      '/',
      '%2f',
      '\\',
      '%5c',
      'a',
      ':',
      '%00',
      '?',
      '#',
      'secret.txt',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = pageFile(renderer, `app://vanthu/${pieces.join('')}`);
        return file === null || file.startsWith(renderer + path.sep);
      }),
      { numRuns: 500 },
    );
  });

  it('come with the policy and the right type', async () => {
    const page = await answerPage(renderer, new Request('app://vanthu/index.html'));
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toBe(screenPolicy);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const script = await answerPage(renderer, new Request('app://vanthu/assets/v%C4%83n%20b%E1%BA%A3n.js'));
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it('are only read', async () => {
    expect((await answerPage(renderer, new Request('app://vanthu/', { method: 'POST' }))).status).toBe(405);
  });

  it('do not lead to a folder or to nothing', async () => {
    expect((await answerPage(renderer, new Request('app://vanthu/assets'))).status).toBe(404);
    expect((await answerPage(renderer, new Request('app://vanthu/none.js'))).status).toBe(404);
    expect((await answerPage(renderer, new Request(`app://vanthu/${'a'.repeat(5000)}`))).status).toBe(404);
  });
});

describe('doc:// addresses', () => {
  const forAll = () => true;
  const content = Buffer.alloc(700_001, 'văn bản');
  const id = createHash('sha256').update(content).digest('hex');

  beforeAll(async () => {
    const file = path.join(dataDir, fileAddress(id));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  });

  it('stream the stored file, readable by the screen alone', async () => {
    const response = await answerStoredFile(dataDir, new Request(`doc://file/${id}`), forAll);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(content.length));
    expect(response.headers.get('access-control-allow-origin')).toBe('app://vanthu');
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
  });

  it('may be given up half-way', async () => {
    const response = await answerStoredFile(dataDir, new Request(`doc://file/${id}`), forAll);
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    await expect(reader.closed).resolves.toBeUndefined();
  });

  it('answer 404 for a file that is not for whoever is there, and leave no copy for whoever comes next', async () => {
    const answer = (mayRead: (fileId: string) => boolean) =>
      answerStoredFile(dataDir, new Request(`doc://file/${id}`), mayRead);
    expect((await answer((fileId) => fileId !== id)).status).toBe(404);
    const shown = await answer(forAll);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    await shown.body?.cancel();
  });

  it('answer 404 for a file that is not there', async () => {
    expect((await answerStoredFile(dataDir, new Request(`doc://file/${'0'.repeat(64)}`), forAll)).status).toBe(404);
  });

  it('are only read', async () => {
    const response = await answerStoredFile(dataDir, new Request(`doc://file/${id}`, { method: 'DELETE' }), forAll);
    expect(response.status).toBe(405);
  });

  it.each([
    `doc://file/${id.toUpperCase()}`,
    `doc://file/${id.slice(1)}`,
    `doc://file/${id}0`,
    `doc://file/${id}/x`,
    `doc://file/../${id}`,
    `doc://other/${id}`,
    `doc://file/${id}?x`,
    `doc://file/..%2f${id}`,
    'doc://file/',
    'doc:',
  ])('mean nothing unless they are exact: %s', async (address) => {
    // A leading dot segment is resolved by the address parser itself, and then the address is exact.
    if (address === `doc://file/../${id}`) expect(storedFileId(address)).toBe(id);
    else expect(storedFileId(address)).toBeNull();
  });
});

describe('who is trusted', () => {
  it('is the screen in its top frame', () => {
    expect(isOwnScreen({ url: 'app://vanthu/index.html', isMainFrame: true })).toBe(true);
    expect(isOwnScreen({ url: 'app://vanthu/#/drafts', isMainFrame: true })).toBe(true);
  });

  it.each([
    ['another frame', { url: 'app://vanthu/index.html', isMainFrame: false }],
    ['another host', { url: 'app://other/index.html', isMainFrame: true }],
    ['a host that begins alike', { url: 'app://vanthu.example/index.html', isMainFrame: true }],
    ['another scheme', { url: 'https://vanthu/index.html', isMainFrame: true }],
    ['a stored file', { url: 'doc://vanthu/index.html', isMainFrame: true }],
    ['the recovery page', { url: 'app://vanthu/recovery', isMainFrame: true }],
    ['no address', { url: '', isMainFrame: true }],
  ])('is not %s', (_who, frame) => {
    expect(isOwnScreen(frame)).toBe(false);
  });

  it('is nobody once the frame is gone', () => {
    expect(isOwnScreen(null)).toBe(false);
  });

  it('may navigate to itself alone', () => {
    expect(mayNavigate('app://vanthu/index.html', 'app://vanthu/index.html')).toBe(true);
    expect(mayNavigate('app://vanthu/index.html', 'app://vanthu/index.html?x=1')).toBe(false);
    expect(mayNavigate('app://vanthu/index.html', 'https://example.com/')).toBe(false);
    expect(mayNavigate('app://vanthu/index.html', 'file:///etc/passwd')).toBe(false);
    expect(mayNavigate('app://vanthu/recovery', 'app://vanthu/index.html')).toBe(false);
  });
});

describe('the content security policy', () => {
  const directives = new Map(
    screenPolicy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources] as const;
    }),
  );

  it('allows the application’s own parts and stored files, and nothing inline', () => {
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(directives.get('style-src')).toEqual(["'self'"]);
    expect(directives.get('connect-src')).toEqual(["'self'", 'doc:']);
    for (const name of ['base-uri', 'form-action', 'frame-ancestors', 'object-src']) {
      expect(directives.get(name)).toEqual(["'none'"]);
    }
    expect(screenPolicy).not.toMatch(/unsafe-inline|unsafe-eval'? |\*|https?:/);
  });

  it('allows the recovery page no script at all', () => {
    expect(recoveryPolicy('abc=')).toContain("style-src 'sha256-abc='");
    expect(recoveryPolicy('abc=')).not.toContain('script-src');
  });
});
