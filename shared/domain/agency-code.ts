/**
 * Identifier of an agency (mã định danh, QĐ 20/2020/QĐ-TTg, or the older form of QCVN 102:2016): groups of letters and
 * digits joined by dots or hyphens, at most 50 characters. Opaque beyond that, and compared without regard to case.
 */
export const AGENCY_CODE_PATTERN = /^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$/;
export const MAX_AGENCY_CODE = 50;

/** The form in which codes are compared. */
export function normaliseAgencyCode(code: string): string {
  return code.trim().toUpperCase();
}

export function isSameAgency(one: string, other: string): boolean {
  return normaliseAgencyCode(one) === normaliseAgencyCode(other);
}
