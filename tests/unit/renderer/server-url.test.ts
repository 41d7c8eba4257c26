import { describe, expect, it } from 'vitest';
import { normaliseServerUrl } from '#renderer/features/settings/server-url.ts';

describe('normaliseServerUrl', () => {
  it('completes what is typed', () => {
    expect(normaliseServerUrl(' lienthong.daklak.gov.vn ')).toBe('https://lienthong.daklak.gov.vn');
    expect(normaliseServerUrl('https://lienthong.daklak.gov.vn/api/')).toBe('https://lienthong.daklak.gov.vn/api');
    expect(normaliseServerUrl('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080');
    expect(normaliseServerUrl('localhost:8080')).toBe('https://localhost:8080');
  });
  it('refuses what is no address of a server', () => {
    for (const text of ['', 'máy chủ', 'ftp://a.vn', 'file:///etc/passwd', 'https://ai:mat-khau@a.vn', 'https://']) {
      expect(normaliseServerUrl(text), text).toBeNull();
    }
  });
});
