import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FromKeeper, KeeperOrder } from '#shared/contract/keeper.ts';

const script = join(import.meta.dirname, 'keep-folder.ts');

export type KeepEnd =
  | { readonly value: unknown }
  | { readonly code: string }
  /** It was killed at the point that its order names. */
  | { readonly died: true };

type Order<O> = O extends KeeperOrder ? Omit<O, 'faultPoint'> & { readonly faultPoint?: string } : never;

/** The keeper as a process of its own, in plain Node; how its order ended. */
export async function keep(order: Order<KeeperOrder>): Promise<KeepEnd> {
  const child = fork(script, [JSON.stringify({ faultPoint: null, ...order })], { execArgv: [] });
  let end: KeepEnd = { died: true };
  child.on('message', (message: FromKeeper) => {
    if (message.type === 'done') end = { value: message.value };
    if (message.type === 'failed') {
      if (message.code === 'UNEXPECTED') process.stderr.write(`${message.detail}\n`);
      end = { code: message.code };
    }
  });
  await once(child, 'close');
  return end;
}
