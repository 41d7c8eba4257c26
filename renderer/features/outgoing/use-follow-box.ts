import { useEffect, useRef } from 'react';
import { outgoingBoxOf, type OutgoingBox, type OutgoingState } from '#shared/domain/outgoing-state.ts';

/**
 * Keeps the list beside the open document the one that holds it: a step of the clerk moves the document to another box,
 * and `onBox` is called with that one. A document that leaves by itself, while she goes through a list, moves nothing.
 */
export function useFollowBox(state: OutgoingState, box: OutgoingBox, onBox: (box: OutgoingBox) => void): void {
  const before = useRef(state);
  const stepped = useRef(false);
  useEffect(() => {
    if (before.current === state) return;
    // Only the exchange's receipt takes a document out of the queue; any other change was asked for here.
    if (before.current !== 'queued') stepped.current = true;
    before.current = state;
    const next = outgoingBoxOf(state);
    if (stepped.current && next !== null && next !== box) onBox(next);
  }, [state, box, onBox]);
}
