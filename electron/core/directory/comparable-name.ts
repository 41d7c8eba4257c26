import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';

/** Case, accents, punctuation, courtesy notes and the usual abbreviations make no difference. */
export function comparableName(text: string): string {
  return foldVietnamese(text)
    .replaceAll(/\([^)]*\)/g, ' ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replaceAll(/\buy ban nhan dan\b/g, 'ubnd')
    .replaceAll(/\bhoi dong nhan dan\b/g, 'hdnd')
    .replaceAll(/\bvan phong\b/g, 'vp')
    .replaceAll(/\blien hiep phu nu\b/g, 'lhpn');
}
