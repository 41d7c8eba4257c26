import type { SignatureRole } from './signature-role.ts';

/**
 * Whose key is meant where a key file or token holds those of several: the only one, or the only one that fits the role
 * (the agency's for the seal, a person's for the signature). Null when a person has to say.
 */
export function chooseHolder<Holder extends { readonly agency: boolean }>(
  holders: readonly Holder[],
  role: SignatureRole,
): Holder | null {
  const fitting = holders.filter(({ agency }) => agency === (role === 'seal'));
  const [only, ...others] = holders.length === 1 ? holders : fitting;
  return only === undefined || others.length > 0 ? null : only;
}
