import { isSameAgency } from '#shared/domain/agency-code.ts';
import { SURE_CONFIDENCE, type Proposal } from '#shared/domain/proposal.ts';
import type { ReceptionWarning } from '#shared/domain/reception-warnings.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import type { CoreContext } from '../core-context.ts';
import { comparableName } from '../directory/comparable-name.ts';
import type { ProvenAgency } from '../directory/proven-name.ts';
import { isNameOf, sendsFor } from '../directory/same-agency.ts';

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
  // Without its name there is nothing to compare with.
  if (!sender.known) return [];
  const warnings: ReceptionWarning[] = [];
  if (page !== null && isOthersPage(ctx, sender, page)) warnings.push('PAGE_AGENCY_DIFFERS');
  if (report !== null && isOthersSeal(sender, report)) warnings.push('SIGNER_ORGANISATION_DIFFERS');
  return warnings;
}

function isOthersPage(ctx: Pick<CoreContext, 'registers'>, sender: ProvenAgency, page: Proposal): boolean {
  const { agency, parentAgency } = page;
  if (agency === null || isNameOf(agency, sender) || sendsFor(sender, agency)) return false;
  // A unit without a code of its own sends through the agency that it belongs to.
  if (parentAgency !== null && isNameOf(parentAgency, sender)) return false;
  if (page.confidence.agency >= SURE_CONFIDENCE) return true;
  // What may be misread accuses nobody, unless it is the name of an agency that there is.
  return ctx.registers.agencies.all().some(({ name }) => comparableName(name) === comparableName(agency));
}

/** A seal's common name is the agency; its organisation is the same or the agency's parent. Of several one is enough. */
function isOthersSeal(sender: ProvenAgency, { signatures }: VerificationReport): boolean {
  const seals = signatures.filter(({ role, signerName }) => role === 'seal' && signerName !== '');
  const isSenders = (name: string, organisation: string) =>
    isNameOf(name, sender) || sendsFor(sender, name) || isNameOf(organisation, sender);
  return seals.length > 0 && !seals.some(({ signerName, organisation }) => isSenders(signerName, organisation));
}
