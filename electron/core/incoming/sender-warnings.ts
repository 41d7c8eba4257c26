import { isSameAgency } from '#shared/domain/agency-code.ts';
import { SURE_CONFIDENCE, type Proposal } from '#shared/domain/proposal.ts';
import { isSamePerson } from '#shared/domain/person-name.ts';
import type { ReceptionWarning } from '#shared/domain/reception-warnings.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import type { CoreContext } from '../core-context.ts';
import { comparableName } from '../directory/comparable-name.ts';
import { isOtherAgency } from '../directory/other-agency.ts';
import type { ProvenAgency } from '../directory/proven-name.ts';
import { isNameOf } from '../directory/same-agency.ts';
import { isSealOf } from '../directory/seal-name.ts';

/** Whether an envelope names another agency than the one that the exchange has authenticated. */
export function isOtherName(ctx: Pick<CoreContext, 'registers'>, written: string, sender: ProvenAgency): boolean {
  const wanted = comparableName(written);
  if (wanted === '' || isSameAgency(written, sender.code)) return false;
  if (sender.known) return !isNameOf(written, sender);
  // Nobody knows what this sender is called, but this name is someone else's.
  return ctx.registers.agencies.all().some(({ name }) => comparableName(name) === wanted);
}

/** Where page and seal speak of another agency than the sender: a genuine letter may have been sent on by anyone. */
export function senderWarnings(
  ctx: Pick<CoreContext, 'registers'>,
  sender: ProvenAgency,
  page: Proposal | null,
  report: VerificationReport | null,
): ReceptionWarning[] {
  const warnings: ReceptionWarning[] = [];
  if (page !== null && report !== null && isSignedByOther(page, report)) warnings.push('SIGNER_NAME_DIFFERS');
  // Without its name there is nothing to compare the sender with.
  if (!sender.known) return warnings;
  if (page !== null && isOthersPage(ctx, sender, page)) warnings.push('PAGE_AGENCY_DIFFERS');
  if (report !== null && isOthersSeal(sender, report)) warnings.push('SIGNER_ORGANISATION_DIFFERS');
  return warnings;
}

function isOthersPage(ctx: Pick<CoreContext, 'registers'>, sender: ProvenAgency, page: Proposal): boolean {
  const { agency, parentAgency, confidence } = page;
  return isOtherAgency(ctx, sender, { agency, parentAgency, sure: confidence.agency >= SURE_CONFIDENCE });
}

/** A seal's common name is the agency; its organisation is the same or the agency's parent. Of several one is enough. */
function isOthersSeal(sender: ProvenAgency, { signatures }: VerificationReport): boolean {
  const seals = signatures.filter(({ role, signerName }) => role === 'seal' && signerName !== '');
  return seals.length > 0 && !seals.some(({ signerName, organisation }) => isSealOf(sender, signerName, organisation));
}

/** The page names a person who signs, and none of those who signed is that person. What may be misread accuses nobody. */
function isSignedByOther({ signerName, confidence }: Proposal, { signatures }: VerificationReport): boolean {
  if (signerName === null || confidence.signerName < SURE_CONFIDENCE) return false;
  const persons = signatures.filter((one) => one.role === 'person' && one.signerName !== '');
  return persons.length > 0 && !persons.some((one) => isSamePerson(signerName, one.signerName));
}
