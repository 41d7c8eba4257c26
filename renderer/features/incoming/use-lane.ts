import { useCallback, useEffect, useState } from 'react';
import type { LaneLetter } from '#shared/contract/incoming.ts';
import { useCall } from '../../api/use-call.ts';
import { emptyLane, followLane, isUrgent, lettersAfter, type Lane } from './lane.ts';

export interface LaneHandle {
  readonly lane: Lane;
  /** Letters after the open one, the next first. */
  readonly after: readonly LaneLetter[];
  /** All that wait for their number, also those that the lane does not hold. */
  readonly waiting: number;
  /** The number given last; null before the first. */
  readonly lastNumber: number | null;
  /** An express letter that came while another was open and is next now; null when none did. */
  readonly came: LaneLetter | null;
  /** Notes the number of the open letter; answers the letter that comes next. */
  readonly registered: (number: number) => LaneLetter | null;
}

/** The lane around the letter whose form is open. `openId` is null while none is: then the lane is left. */
export function useLane(openId: string | null): LaneHandle {
  const { data } = useCall('incoming.lane', {}, { enabled: openId !== null });
  const [lane, setLane] = useState<Lane>(emptyLane);
  const [lastNumber, setLastNumber] = useState<number | null>(null);
  const [came, setCame] = useState<LaneLetter | null>(null);

  useEffect(() => {
    if (openId === null) {
      setLane(emptyLane);
      setLastNumber(null);
      setCame(null);
      return;
    }
    if (data === undefined) return;
    setLane((old) => {
      const next = followLane(old, data.letters, openId);
      const known = new Set(old.letters.map(({ id }) => id));
      const express = next.letters.find(
        (letter) => isUrgent(letter) && letter.hidden !== true && !known.has(letter.id) && letter.id !== openId,
      );
      if (old.letters.length > 0 && express !== undefined) setCame(express);
      return next;
    });
  }, [data, openId]);

  const after = openId === null ? [] : lettersAfter(lane, openId);
  const next = after[0] ?? null;
  const registered = useCallback(
    (number: number): LaneLetter | null => {
      if (openId === null) return null;
      setLane((old) => ({ ...old, done: new Map([...old.done, [openId, number]]) }));
      setLastNumber(number);
      setCame(null);
      return next;
    },
    [openId, next],
  );
  const left = lane.letters.filter(({ id }) => !lane.done.has(id)).length;
  return { lane, after, waiting: Math.max(left, data?.total ?? 0), lastNumber, came, registered };
}
