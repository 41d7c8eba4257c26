import { carryOut } from '#keep/carry-out.ts';
import { keeperOrderSchema, type FromKeeper } from '#shared/contract/keeper.ts';
import { faultAt } from './machine-ports.ts';

// The process that makes and restores backups: main sends it one order and ends it when it has answered.
process.parentPort.once('message', ({ data }) => {
  const order = keeperOrderSchema.parse(data);
  void carryOut(order, {
    say: (message: FromKeeper) => process.parentPort.postMessage(message),
    now: () => new Date(),
    fault: faultAt(order.faultPoint),
  });
});
