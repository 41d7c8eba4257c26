import { describe, expect, it } from 'vitest';
import { FINDING_CODES, verdictOf, VERDICTS, worseVerdict } from '#shared/domain/verification.ts';
import type { Finding, FindingCode, Severity } from '#shared/domain/verification.ts';
import { FILE_ANOMALIES } from '#shared/domain/file-anomaly.ts';
import { describeFinding } from '#shared/messages/describe-finding.ts';
import { findingWordsEn, findingWordsVi } from '#shared/messages/finding-words.ts';
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

describe('words for codes within a sentence', () => {
  const codes = (params: Finding['params'], code: FindingCode): Finding => ({
    code,
    severity: 'warn',
    params,
    scope: 'trust',
  });

  it('say what is unusual of a file, one or several', () => {
    const one = codes({ notes: 'OBJECT_UNLISTED' }, 'FILE_UNUSUAL');
    const two = codes({ notes: 'XREF_ENTRY, TRAILER_SIZE' }, 'FILE_UNUSUAL');
    expect(describeFinding('vi', one)).toContain('(có nội dung không nằm trong bảng tra cứu)');
    expect(describeFinding('en', two)).toContain(
      '(the table has a line of the wrong form; its end says the wrong number of contents)',
    );
  });

  it('say why the authority of a time stamp is not believed', () => {
    const finding = codes({ name: 'TSA', cause: 'REVOCATION_STALE' }, 'TIMESTAMP_UNPROVEN');
    expect(describeFinding('vi', finding)).toContain('(dữ liệu về thu hồi đã cũ)');
  });

  it('are there in both languages, without a code in them', () => {
    for (const { anomalies, causes } of [findingWordsVi, findingWordsEn]) {
      expect(Object.keys(anomalies).toSorted()).toEqual(FILE_ANOMALIES.toSorted());
      const words = [...Object.values(anomalies), ...Object.values(causes)];
      expect(new Set(words).size).toBe(words.length);
      for (const word of words) expect(word).toMatch(/^\p{Ll}[^_]+$/u);
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
