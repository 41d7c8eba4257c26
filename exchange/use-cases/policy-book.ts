import { defaultPolicies } from '#shared/domain/default-policies.ts';
import { vietnamHolidays } from '#shared/domain/vietnam-holidays.ts';
import type { KeptPolicies } from '../rules/watched-document.ts';
import type { Database } from '../storage/database.ts';

/** Every message asks for them; an edit counts within this time. */
const FRESH_MS = 10_000;

/** The policies that hold now for what each agency sends. */
export class PolicyBook {
  readonly #database: Pick<Database, 'duty'>;
  readonly #known = new Map<string, { readonly readAt: number; readonly policies: Promise<KeptPolicies> }>();

  constructor(database: Pick<Database, 'duty'>) {
    this.#database = database;
  }

  /** Keeps the program's own policies and days as the province's where there are none yet: from then on they are data. */
  static async open(database: Pick<Database, 'duty'>): Promise<PolicyBook> {
    const { duty } = database;
    if ((await duty.currentPolicies('')) === null) await duty.addPolicies(null, defaultPolicies);
    if ((await duty.calendar()).length === 0) await duty.saveCalendar(vietnamHolidays);
    return new PolicyBook(database);
  }

  async of(agencyCode: string): Promise<KeptPolicies> {
    const known = this.#known.get(agencyCode);
    if (known !== undefined && performance.now() - known.readAt < FRESH_MS) return known.policies;
    const policies = this.#read(agencyCode);
    this.#known.set(agencyCode, { readAt: performance.now(), policies });
    policies.catch(() => this.#known.delete(agencyCode));
    return policies;
  }

  async #read(agencyCode: string): Promise<KeptPolicies> {
    const kept = await this.#database.duty.currentPolicies(agencyCode);
    if (kept === null) throw new Error('the exchange has no policies');
    return kept;
  }
}
