import { signInRulesSchema, type SignInRules } from '#shared/contract/people.ts';
import type { ReadStores, WriteStores } from '../ports/stores.ts';

/** The setting that holds them. */
export const SIGN_IN_RULES = 'sign-in-rules';
const NONE: SignInRules = { required: false, byAccount: false, idleMinutes: null };

/** How people of this office sign in; nobody does until the office says so. */
export function signInRules(settings: ReadStores['settings']): SignInRules {
  const kept = settings.get(SIGN_IN_RULES);
  return kept === null ? NONE : signInRulesSchema.parse(JSON.parse(kept));
}

export function keepSignInRules(settings: WriteStores['settings'], rules: SignInRules): void {
  settings.set(SIGN_IN_RULES, JSON.stringify(rules));
}
