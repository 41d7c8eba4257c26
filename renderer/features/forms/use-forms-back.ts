import { useEffect, useState } from 'react';
import { toCallFailure, type CallFailure } from '../../api/call-failure.ts';
import { useEvent } from '../../api/api-provider.tsx';
import { formKeeper } from './form-keeper.ts';

export interface FormsBack {
  readonly isDone: boolean;
  readonly failure: CallFailure | null;
  readonly retry: () => void;
}

/** Brings back what was typed before this window opened: no form may be begun anew before that. */
export function useFormsBack(): FormsBack {
  const [isDone, setIsDone] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [tries, setTries] = useState(0);
  const retry = (): void => setTries((before) => before + 1);
  useEffect(() => {
    if (isDone) return;
    setFailure(null);
    formKeeper.bringBack().then(
      () => setIsDone(true),
      (thrown: unknown) => setFailure(toCallFailure(thrown)),
    );
  }, [tries, isDone]);
  useEvent('core.available', ({ available }) => {
    if (available && failure !== null) retry();
  });
  useEffect(() => {
    const hurry = (): void => formKeeper.hurry();
    window.addEventListener('pagehide', hurry);
    return () => window.removeEventListener('pagehide', hurry);
  }, []);
  return { isDone, failure, retry };
}
