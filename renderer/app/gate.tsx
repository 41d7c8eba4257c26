import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useCall } from '../api/use-call.ts';
import { SignInView } from '../features/session/sign-in-view.tsx';
import { Opening } from './opening.tsx';
import styles from './frame.module.css';

/**
 * Shows the application to whoever is signed in. Behind a locked screen it stays as it is, unseen and out of reach, so that
 * nothing typed is lost; another person gets a fresh one.
 */
export function Gate({ children }: { readonly children: ReactNode }) {
  const state = useCall('session.state', {});
  const client = useQueryClient();
  const person = state.data?.person?.personId ?? null;
  const [owner, setOwner] = useState<string | null>(null);
  const wasLocked = useRef(false);
  const locked = state.data !== undefined && person === null;

  useEffect(() => {
    if (person === null || person === owner) return;
    // What the person before was told may be none of hers: nothing of it is there when her screens first look.
    client.removeQueries({ type: 'inactive' });
    setOwner(person);
  }, [client, owner, person]);
  useEffect(() => {
    // What was asked behind the lock was refused.
    if (wasLocked.current && !locked) void client.invalidateQueries();
    wasLocked.current = locked;
  }, [client, locked]);

  if (state.data === undefined) return <Opening waitingFor={[state]} />;
  // Of another person nothing is drawn until what was told before is gone.
  const shown = locked || person === owner ? owner : null;
  return (
    <>
      {shown === null ? null : (
        <div key={shown} className={styles.held} inert={locked} data-locked={locked || undefined}>
          {children}
        </div>
      )}
      {locked ? <SignInView state={state.data} /> : null}
    </>
  );
}
