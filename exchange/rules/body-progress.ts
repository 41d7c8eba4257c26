import type { Limits } from './limits.ts';

type BodyLimits = Pick<Limits, 'bodyStallSeconds' | 'bodyBytesPerSecond' | 'bodyWindowSeconds'>;

/** Tells a body that comes slowly from one that is only meant to keep a place. Times in milliseconds. */
export class BodyProgress {
  readonly #limits: BodyLimits;
  #bytes: number;
  #movedAt: number;
  #windowBytes: number;
  #windowAt: number;

  constructor(limits: BodyLimits, bytes: number, now: number) {
    this.#limits = limits;
    this.#bytes = this.#windowBytes = bytes;
    this.#movedAt = this.#windowAt = now;
  }

  /** Whether it is still worth waiting for. @param bytes that came so far */
  goesOn(bytes: number, now: number): boolean {
    const { bodyStallSeconds, bodyBytesPerSecond, bodyWindowSeconds } = this.#limits;
    if (bytes > this.#bytes) {
      this.#bytes = bytes;
      this.#movedAt = now;
    } else if (now - this.#movedAt >= bodyStallSeconds * 1000) {
      return false;
    }
    if (now - this.#windowAt < bodyWindowSeconds * 1000) return true;
    const seconds = (now - this.#windowAt) / 1000;
    if (bytes - this.#windowBytes < seconds * bodyBytesPerSecond) return false;
    this.#windowBytes = bytes;
    this.#windowAt = now;
    return true;
  }
}
