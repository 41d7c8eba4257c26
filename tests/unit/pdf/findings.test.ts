import { describe, expect, it } from 'vitest';
import { FINDING_CODES, verdictOf, VERDICTS, worseVerdict } from '#shared/domain/verification.ts';
import type { Finding, FindingCode, Severity } from '#shared/domain/verification.ts';
import { findingsEn } from '#shared/messages/findings.en.ts';
import { findingsVi } from '#shared/messages/findings.vi.ts';

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted();

describe('sentences', () => {
  it.for(FINDING_CODES)('%s says the same in both languages', (code) => {
    expect(placeholders(findingsEn[code])).toEqual(placeholders(findingsVi[code]));
    expect(findingsVi[code]).toBe(findingsVi[code].normalize('NFC'));
    expect(findingsVi[code]).toMatch(/[.]$/);
  });

  it('whatever is not green says what to do', () => {
    const informative: readonly FindingCode[] = ['PROFILE_DEVIATION', 'TIMESTAMP_UNPROVEN'];
    for (const code of FINDING_CODES) {
      if (!informative.includes(code)) expect(findingsVi[code]).toMatch(/[Hh]ãy |Không sử dụng/);
    }
  });
});

describe('verdicts', () => {
  const finding = (severity: Severity, scope: Finding['scope'] = 'integrity'): Finding => ({
    code: 'FILE_UNUSUAL',
    severity,
    params: {},
    scope,
  });

  it('the worst one wins', () => {
    for (const [i, a] of VERDICTS.entries()) {
      for (const [j, b] of VERDICTS.entries()) expect(worseVerdict(a, b)).toBe(VERDICTS[Math.max(i, j)]);
    }
    expect(verdictOf([])).toBe('VALID');
    expect(verdictOf([finding('info'), finding('warn'), finding('indet')])).toBe('INDET');
    expect(verdictOf([finding('invalid'), finding('indet')])).toBe('INVALID');
  });

  it('trust does not count into integrity', () => {
    expect(verdictOf([finding('invalid', 'trust'), finding('warn')], 'integrity')).toBe('WARN');
  });
});
