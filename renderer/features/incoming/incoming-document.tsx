import { Suspense, lazy } from 'react';
import type { IncomingBox } from '#shared/domain/incoming-state.ts';
import { useFullWidth, useNavigation } from '../navigation/navigation.tsx';
import { LaneStrip } from './lane-strip.tsx';
import { useLane } from './use-lane.ts';

// The pane brings the page view and its PDF engine, three times the rest of the program.
export const loadIncomingPane = () => import('./incoming-pane.tsx');
const IncomingPane = lazy(() => loadIncomingPane().then((module) => ({ default: module.IncomingPane })));

interface IncomingDocumentProps {
  readonly box: IncomingBox;
  readonly id: string;
  /** The form of the book is open, in the lane of all that wait for their number. */
  readonly registering: boolean;
}

/** An incoming document beside its list; while letters are registered, the lane above the form instead of the list. */
export function IncomingDocument({ box, id, registering }: IncomingDocumentProps) {
  const { go, replace } = useNavigation();
  const lane = useLane(registering ? id : null);
  useFullWidth('register-incoming', registering);
  // Back returns to what was there before the lane, not to each letter of it.
  const show = (shown: string, inLane: boolean): void =>
    replace({ screen: 'incoming', box, id: shown, ...(inLane ? { registering: true } : {}) });
  return (
    <>
      {registering && lane.lane.letters.length > 1 ? (
        <LaneStrip
          handle={lane}
          openId={id}
          onOpen={(next) => show(next, true)}
          onLeave={() => go({ screen: 'incoming', box, id: null })}
        />
      ) : null}
      <Suspense fallback={<div />}>
        <IncomingPane
          key={id}
          id={id}
          registering={registering}
          hasNext={lane.after.length > 0}
          onRegister={() => show(id, true)}
          onRegistered={(number) => {
            const next = lane.registered(number);
            show(next?.id ?? id, next !== null);
            return next !== null;
          }}
          onLeave={() => show(id, false)}
        />
      </Suspense>
    </>
  );
}
