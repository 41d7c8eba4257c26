import type { Certificate } from '#shared/contract/certificates.ts';
import type { Look } from '#shared/contract/last-look.ts';

/** Certificates of one kind, and which of them is chosen. */
export interface KeyChoice {
  /** Those that have not expired. */
  readonly usable: readonly Certificate[];
  readonly all: readonly Certificate[];
  /** The one that fits, or about which somebody has decided: it is chosen by itself. Null where none is. */
  readonly proposed: string | null;
  readonly chosen: Certificate | null;
}

export function keyChoice(
  role: 'person' | 'seal',
  look: Look | undefined,
  certificates: readonly Certificate[] | undefined,
  chosenId: string | null,
  now: number,
): KeyChoice {
  const all = (certificates ?? []).filter((certificate) => certificate.role === role);
  const usable = all.filter(({ notAfter }) => Date.parse(notAfter) > now);
  const known = (wanted: 'fits' | 'accepted'): Certificate | undefined =>
    usable.find(({ id }) => look?.certificates.some((one) => one.id === id && one[wanted]));
  const proposed = known('fits') ?? known('accepted') ?? null;
  return { usable, all, proposed: proposed?.id ?? null, chosen: all.find(({ id }) => id === chosenId) ?? null };
}
