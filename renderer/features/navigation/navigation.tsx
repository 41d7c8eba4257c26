import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { home } from './places.ts';
import type { Place } from './places.ts';

export interface Navigation {
  readonly place: Place;
  /** Goes there. Nothing typed is lost: forms keep their text until it is saved or thrown away. */
  readonly go: (place: Place) => void;
  /** The same, but Back does not return to the place left now. */
  readonly replace: (place: Place) => void;
  readonly canGoBack: boolean;
  readonly back: () => void;
}

interface Internals extends Navigation {
  readonly setFullWidth: (key: string, full: boolean) => void;
  readonly fullWidth: boolean;
}

const NavigationContext = createContext<Internals | null>(null);
const MAX_TRAIL = 50;

export function NavigationProvider({ children }: { readonly children: ReactNode }) {
  const [trail, setTrail] = useState<readonly Place[]>([home]);
  const [full, setFull] = useState<ReadonlySet<string>>(new Set());

  const setFullWidth = useCallback((key: string, on: boolean) => {
    setFull((old) => {
      const next = new Set(old);
      if (on) next.add(key);
      else next.delete(key);
      return next;
    });
  }, []);
  const go = useCallback((place: Place) => setTrail((old) => [...old.slice(-MAX_TRAIL), place]), []);
  const replace = useCallback((place: Place) => setTrail((old) => [...old.slice(0, -1), place]), []);
  const back = useCallback(() => setTrail((old) => (old.length > 1 ? old.slice(0, -1) : old)), []);

  const place = trail.at(-1) ?? home;
  const value = useMemo<Internals>(
    () => ({ place, go, replace, back, canGoBack: trail.length > 1, setFullWidth, fullWidth: full.size > 0 }),
    [place, go, replace, back, trail.length, setFullWidth, full.size],
  );
  return <NavigationContext value={value}>{children}</NavigationContext>;
}

function useInternals(): Internals {
  const navigation = useContext(NavigationContext);
  if (!navigation) throw new Error('useNavigation outside NavigationProvider');
  return navigation;
}

export function useNavigation(): Navigation {
  return useInternals();
}

/** While `full`, the document pane also takes the room of the list: a form beside its page needs both. */
export function useFullWidth(key: string, full: boolean): void {
  const { setFullWidth } = useInternals();
  useEffect(() => {
    setFullWidth(key, full);
    return () => setFullWidth(key, false);
  }, [setFullWidth, key, full]);
}

export function useIsFullWidth(): boolean {
  return useInternals().fullWidth;
}
