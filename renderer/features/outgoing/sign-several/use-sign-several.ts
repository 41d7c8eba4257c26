import { useRef, useState } from 'react';
import type { OutgoingRow } from '#shared/contract/outgoing.ts';
import type { CallFailure } from '../../../api/call-failure.ts';
import { useCommand } from '../../../api/use-command.ts';

export type SeveralStep = 'sign' | 'seal';

/** How far one of the documents is: `taken` has its signature, a failure says why it has none. */
export type RowProgress = 'waiting' | 'running' | 'taken' | CallFailure;

interface Key {
  readonly id: string;
  readonly password: string;
}

export interface SigningSeveral {
  /** By document. */
  readonly progress: ReadonlyMap<string, RowProgress>;
  readonly busy: boolean;
  /** The password was wrong: nothing was signed. */
  readonly failure: CallFailure | null;
  /** Those that have no signature yet, one after the other. @returns how many have none afterwards; null for a wrong password */
  readonly run: (key: Key) => Promise<number | null>;
  /** Ends it after the document under way. */
  readonly stop: () => void;
}

/**
 * Signs or seals one document after the other with one password. Each is the step that it is alone, with everything that
 * refuses it there; one that cannot be signed stops no other.
 */
export function useSignSeveral(step: SeveralStep, rows: readonly OutgoingRow[]): SigningSeveral {
  const check = useCommand('certificates.checkPassword');
  const sign = useCommand('outgoing.sign');
  const seal = useCommand('outgoing.seal');
  const [progress, setProgress] = useState<ReadonlyMap<string, RowProgress>>(new Map());
  const [busy, setBusy] = useState(false);
  const stopped = useRef(false);

  const run: SigningSeveral['run'] = async (key) => {
    const left = rows.filter(({ id }) => progress.get(id) !== 'taken');
    stopped.current = false;
    setBusy(true);
    try {
      const checked = await check.run(key);
      if (!checked.ok) return null;
      let taken = 0;
      for (const { id, revision } of left) {
        if (stopped.current) break;
        const note = (state: RowProgress): void => setProgress((old) => new Map([...old, [id, state]]));
        note('running');
        const input = { id, revision, certificateId: key.id, password: key.password };
        const outcome = await (step === 'sign' ? sign.run(input) : seal.run(input));
        note(outcome.ok ? 'taken' : outcome.failure);
        if (outcome.ok) taken += 1;
      }
      return left.length - taken;
    } finally {
      setBusy(false);
    }
  };
  const stop = (): void => {
    stopped.current = true;
  };
  return { progress, busy, failure: check.failure, run, stop };
}
