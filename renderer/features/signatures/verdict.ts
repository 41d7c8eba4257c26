import type { TFunction } from 'i18next';
import type { DocumentVerdict, SignatureReport } from '#shared/domain/verification.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tag.tsx';

interface VerdictLook {
  readonly icon: IconName;
  readonly tone: Tone;
}

/** Icon and colour of a verdict; the word always goes with them. */
export const verdictLooks: Readonly<Record<DocumentVerdict, VerdictLook>> = {
  VALID: { icon: 'shield-check', tone: 'good' },
  WARN: { icon: 'shield-warn', tone: 'warn' },
  INDET: { icon: 'shield-question', tone: 'warn' },
  INVALID: { icon: 'shield-cross', tone: 'urgent' },
  UNSIGNED: { icon: 'pen', tone: 'plain' },
};

/** Who signed, as one says it in a sentence: `Bùi Hồng Quý`, `con dấu Văn phòng UBND tỉnh`. */
export function nameSigner(t: TFunction, signature: SignatureReport): string {
  const name = signature.signerName || signature.organisation || t('signatures.panel.unknown');
  if (signature.role === 'seal') return t('signatures.seal', { name });
  if (signature.role === 'timestamp') return t('signatures.timestamp', { name });
  return name;
}
