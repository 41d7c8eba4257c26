import type { Delivery } from '#shared/domain/delivery.ts';
import { DEFAULT_PAPER_RULES, needsPaper, type PaperRules, paperRulesSchema } from '#shared/domain/paper-rules.ts';
import type { OutgoingRecord } from '../outgoing/outgoing-store.ts';
import type { ReadStores, WriteStores } from '../ports/stores.ts';

const SETTING = 'paper-rules';

/** The office's own rules; what the decision says while it has none. */
export function readPaperRules({ settings }: Pick<ReadStores, 'settings'>): PaperRules {
  const kept = settings.get(SETTING);
  return kept === null ? DEFAULT_PAPER_RULES : paperRulesSchema.parse(JSON.parse(kept));
}

export function writePaperRules({ settings }: Pick<WriteStores, 'settings'>, rules: PaperRules): void {
  settings.set(SETTING, JSON.stringify(rules));
}

/** Recipients with what the rules say of them now; those to which the letter went keep what they said then. */
export function withPaper(
  stores: Pick<ReadStores, 'settings'>,
  { fields }: Pick<OutgoingRecord, 'fields'>,
  deliveries: readonly Delivery[],
): Delivery[] {
  const rules = readPaperRules(stores);
  return deliveries.map((delivery) =>
    delivery.state === 'planned'
      ? { ...delivery, paperNeeded: needsPaper(rules, fields.documentType, fields.paperFollows, delivery) }
      : delivery,
  );
}
