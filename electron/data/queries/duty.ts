import type { DutyWrites } from '#core/duty/duty-store.ts';
import type { WriteStores } from '#core/ports/stores.ts';
import { keptDutySchema } from '#shared/domain/duty.ts';

const KEPT = 'duty';
const NOTHING = 'null';

export function dutyQueries(settings: WriteStores['settings']): DutyWrites {
  return {
    kept: () => keptDutySchema.nullable().parse(JSON.parse(settings.get(KEPT) ?? NOTHING)),
    keep: (duty) => settings.set(KEPT, JSON.stringify(duty)),
    forget: () => settings.set(KEPT, NOTHING),
  };
}
