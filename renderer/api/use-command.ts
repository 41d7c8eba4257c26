import { useCallback, useRef, useState } from 'react';
import type { CallInput, CallOutput, CommandName } from '#shared/contract/contract.ts';
import { call } from './api.ts';
import type { CommandInput } from './api.ts';
import { toCallFailure } from './call-failure.ts';
import type { CallFailure } from './call-failure.ts';
import { CommandIds } from './command-ids.ts';
import { useInvalidator } from './api-provider.tsx';

export type Outcome<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: CallFailure };

export interface Command<N extends CommandName> {
  /** Never rejects. A second call while one is under way joins it, so a double click does nothing twice. */
  readonly run: (input: CommandInput<N>) => Promise<Outcome<CallOutput<N>>>;
  readonly busy: boolean;
  /** The failure of the last try, until the next one or `clear`. */
  readonly failure: CallFailure | null;
  readonly clear: () => void;
}

/**
 * A command of the contract, with one `commandId` for each intent of the user (see CommandIds). What it
 * changed is told by the event `answers.changed`, here as in every other window.
 */
export function useCommand<N extends CommandName>(name: N): Command<N> {
  const invalidator = useInvalidator();
  const ids = useRef<CommandIds | null>(null);
  const pending = useRef<Promise<Outcome<CallOutput<N>>> | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);

  const run = useCallback(
    (input: CommandInput<N>) => {
      if (pending.current) return pending.current;
      ids.current ??= new CommandIds();
      const commandId = ids.current.idFor(input);
      setBusy(true);
      setFailure(null);
      const send = async (): Promise<Outcome<CallOutput<N>>> => {
        try {
          const value = await call(name, { ...input, commandId } as unknown as CallInput<N>);
          ids.current?.settle(false);
          return { ok: true, value };
        } catch (thrown) {
          const caught = toCallFailure(thrown);
          ids.current?.settle(caught.retryable);
          // The screen showed something older than the register holds: ask again before the next try.
          if (caught.code === 'STALE_REVISION' || caught.code === 'WRONG_STATE') invalidator.addShown();
          setFailure(caught);
          return { ok: false, failure: caught };
        } finally {
          pending.current = null;
          setBusy(false);
        }
      };
      pending.current = send();
      return pending.current;
    },
    [name, invalidator],
  );
  const clear = useCallback(() => setFailure(null), []);
  return { run, busy, failure, clear };
}
