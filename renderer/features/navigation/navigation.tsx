import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../components/dialog.tsx';
import { home } from './places.ts';
import type { Place } from './places.ts';

export interface Navigation {
  readonly place: Place;
  /** Goes there; asks first when something typed would be lost. */
  readonly go: (place: Place) => void;
  /** Goes there without asking: what was typed has just been saved. */
  readonly leaveTo: (place: Place) => void;
  readonly canGoBack: boolean;
  readonly back: () => void;
}

interface Internals extends Navigation {
  readonly setGuard: (key: string, dirty: boolean) => void;
  readonly setFullWidth: (key: string, full: boolean) => void;
  readonly fullWidth: boolean;
}

const NavigationContext = createContext<Internals | null>(null);
const MAX_HISTORY = 50;

export function NavigationProvider({
  children,
  start = home,
}: {
  readonly children: ReactNode;
  readonly start?: Place;
}) {
  const { t } = useTranslation();
  const [trail, setTrail] = useState<readonly Place[]>([start]);
  const [asked, setAsked] = useState<(() => void) | null>(null);
  const [full, setFull] = useState<ReadonlySet<string>>(new Set());
  const guards = useRef(new Set<string>());

  const setGuard = useCallback((key: string, dirty: boolean) => {
    if (dirty) guards.current.add(key);
    else guards.current.delete(key);
  }, []);
  const setFullWidth = useCallback((key: string, on: boolean) => {
    setFull((old) => {
      const next = new Set(old);
      if (on) next.add(key);
      else next.delete(key);
      return next;
    });
  }, []);
  const leaveTo = useCallback((place: Place) => {
    setTrail((old) => [...old.slice(-MAX_HISTORY), place]);
  }, []);
  const guarded = useCallback((act: () => void) => {
    if (guards.current.size === 0) act();
    else setAsked(() => act);
  }, []);
  const go = useCallback((place: Place) => guarded(() => leaveTo(place)), [guarded, leaveTo]);
  const back = useCallback(
    () => guarded(() => setTrail((old) => (old.length > 1 ? old.slice(0, -1) : old))),
    [guarded],
  );

  const place = trail.at(-1) ?? home;
  const value = useMemo<Internals>(
    () => ({ place, go, leaveTo, back, canGoBack: trail.length > 1, setGuard, setFullWidth, fullWidth: full.size > 0 }),
    [place, go, leaveTo, back, trail.length, setGuard, setFullWidth, full.size],
  );
  return (
    <NavigationContext value={value}>
      {children}
      {asked ? (
        <Dialog
          title={t('common.leave.title')}
          consequence={t('common.leave.text')}
          action={{
            label: t('common.leave.action'),
            danger: true,
            run: () => {
              setAsked(null);
              guards.current.clear();
              asked();
            },
          }}
          closeLabel={t('common.leave.stay')}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </NavigationContext>
  );
}

function useInternals(): Internals {
  const navigation = useContext(NavigationContext);
  if (!navigation) throw new Error('useNavigation outside NavigationProvider');
  return navigation;
}

export function useNavigation(): Navigation {
  return useInternals();
}

/** While `dirty`, leaving the place asks first. */
export function useLeaveGuard(key: string, dirty: boolean): void {
  const { setGuard } = useInternals();
  useEffect(() => {
    setGuard(key, dirty);
    return () => setGuard(key, false);
  }, [setGuard, key, dirty]);
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
