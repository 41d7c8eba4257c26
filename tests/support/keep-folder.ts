import { faultAt } from '#entries/machine-ports.ts';
import { carryOut } from '#keep/carry-out.ts';
import { keeperOrderSchema } from '#shared/contract/keeper.ts';

// The keeper in plain Node: one order as its argument, what it says goes to its parent.
const order = keeperOrderSchema.parse(JSON.parse(process.argv[2] ?? ''));
await carryOut(order, {
  say: (message) => void process.send?.(message),
  now: () => new Date(),
  fault: faultAt(order.faultPoint),
});
process.disconnect();
