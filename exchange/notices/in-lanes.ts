/**
 * Works through items, so many at once and the first ones first; of one lane only one at a time, in their order. One that
 * fails holds up no other: what failed is returned. Begins nothing more once the signal ends it.
 */
export async function inLanes<Item>(
  items: readonly Item[],
  { most, laneOf, signal }: { most: number; laneOf: (item: Item) => string; signal: AbortSignal },
  work: (item: Item) => Promise<void>,
): Promise<readonly unknown[]> {
  const waiting = [...items];
  const busy = new Set<string>();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    while (!signal.aborted) {
      const place = waiting.findIndex((item) => !busy.has(laneOf(item)));
      const [item] = place === -1 ? [] : waiting.splice(place, 1);
      // Whoever works in a lane goes on with what waits for it.
      if (item === undefined) return;
      const lane = laneOf(item);
      busy.add(lane);
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
      } finally {
        busy.delete(lane);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return failures;
}
