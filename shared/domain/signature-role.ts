/** Whose signature: the person with authority, or the agency's seal (NĐ 30/2020 Điều 32). */
export const signatureRoles = ['person', 'seal'] as const;
export type SignatureRole = (typeof signatureRoles)[number];
