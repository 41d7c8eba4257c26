/** Codes are compared without regard to case. */
export function normaliseAgencyCode(code: string): string {
  return code.trim().toUpperCase();
}
