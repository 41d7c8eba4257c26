import { useCallback, useRef, useState } from 'react';
import type { OutgoingRow } from '#shared/contract/outgoing.ts';
import { call } from '../../api/api.ts';
import { useQueryClient } from '@tanstack/react-query';
import { holdOrder, keepOrder, nothingMoved, type HeldOrder, type Movement } from './held-order.ts';
import type { Page } from './use-paged-rows.ts';

/** Holds the order of a list whose rows change while it is looked at, until the clerk asks to have it sorted again. */
export function useHeldOrder(queryName: string) {
  const client = useQueryClient();
  const held = useRef(new Map<string, HeldOrder>());
  const [movement, setMovement] = useState<Movement>(nothingMoved);

  /** `key` tells one list from another: a box with a filter. */
  const inOrder = useCallback(async (key: string, page: Page<OutgoingRow>): Promise<Page<OutgoingRow>> => {
    const order = held.current.get(key);
    if (order === undefined) {
      held.current.set(key, holdOrder(page));
      setMovement(nothingMoved);
      return page;
    }
    const here = new Set(page.rows.map(({ id }) => id));
    const isGone = order.ids.some((id) => !here.has(id));
    const left = isGone ? (await call('outgoing.openedToday', {})).rows : [];
    const kept = keepOrder(order, page, left);
    setMovement(kept.movement);
    return kept.page;
  }, []);

  const sortAgain = useCallback(() => {
    held.current.clear();
    setMovement(nothingMoved);
    void client.invalidateQueries({ queryKey: [queryName] });
  }, [client, queryName]);
  return { inOrder, movement, sortAgain };
}
