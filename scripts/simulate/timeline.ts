interface Planned {
  readonly at: number;
  /** Of two at one instant the one that was planned first comes first. */
  readonly place: number;
  readonly run: () => Promise<void>;
  /** Before what else happens at the same time, which may look at what it changes. */
  readonly alone: boolean;
}

/** What is going to happen, in order of time: a binary heap. */
export class Timeline {
  readonly #heap: Planned[] = [];
  #place = 0;

  get nextAt(): number | null {
    return this.#heap[0]?.at ?? null;
  }

  plan(at: number, run: () => Promise<void>, { alone = false }: { readonly alone?: boolean } = {}): void {
    this.#place += 1;
    const heap = this.#heap;
    heap.push({ at, place: this.#place, run, alone });
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(child, parent)) break;
      this.#swap(child, parent);
      child = parent;
    }
  }

  /** All that is to happen by then, in order. */
  takeUntil(at: number): readonly Planned[] {
    const taken: Planned[] = [];
    while ((this.nextAt ?? Infinity) <= at) {
      const first = this.#take();
      if (first !== undefined) taken.push(first);
    }
    return taken;
  }

  #take(): Planned | undefined {
    const heap = this.#heap;
    this.#swap(0, heap.length - 1);
    const first = heap.pop();
    for (let parent = 0; ;) {
      let least = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2]) {
        if (child < heap.length && this.#isBefore(child, least)) least = child;
      }
      if (least === parent) return first;
      this.#swap(parent, least);
      parent = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.place < b.place);
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return;
    this.#heap[one] = b;
    this.#heap[other] = a;
  }
}
