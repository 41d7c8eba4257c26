import type { CoreContext } from '../core-context.ts';
import { comparableName } from './comparable-name.ts';
import { provenAgency, type ProvenAgency } from './proven-name.ts';
import { isNameOf, sendsFor } from './same-agency.ts';

type Registers = Pick<CoreContext, 'registers'>;

/** Whom a page or a form names as the one who issues. */
interface NamedIssuer {
  readonly agency: string | null;
  readonly parentAgency: string | null;
  /** Whether it was read or typed so surely that an unknown name counts as another's. */
  readonly sure: boolean;
}

/** Whether the issuer is another agency than this one, and no unit or body that this one sends for. */
export function isOtherAgency(
  ctx: Registers,
  one: Pick<ProvenAgency, 'name' | 'parentName'>,
  { agency, parentAgency, sure }: NamedIssuer,
): boolean {
  if (agency === null || isNameOf(agency, one) || sendsFor(one, agency)) return false;
  // A unit without a code of its own sends through the agency that it belongs to.
  if (parentAgency !== null && isNameOf(parentAgency, one)) return false;
  if (sure) return true;
  // What may be misread accuses nobody, unless it is the name of an agency that there is.
  return ctx.registers.agencies.all().some(({ name }) => comparableName(name) === comparableName(agency));
}

/** Whether the issuer is another agency than this office; no, as long as the office has no name. */
export function isOutsideOffice(ctx: Registers, issuer: NamedIssuer): boolean {
  const own = ctx.registers.office.agency();
  if (own === null) return false;
  const { parentName } = provenAgency(ctx, own.code);
  return isOtherAgency(ctx, { name: own.name, parentName }, issuer);
}
