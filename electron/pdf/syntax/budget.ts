import { MAX_INFLATED_BYTES, MAX_MILLISECONDS, MAX_OBJECT_STEPS } from '../limits.ts';
import { PdfError } from '../pdf-error.ts';

const STEPS_BETWEEN_CLOCK_READS = 4_096;

/** What one operation may still spend. Shared by every document view the operation opens on the same file. */
export class Budget {
  #steps = MAX_OBJECT_STEPS;
  #inflated: number;
  readonly #deadline: number;

  /**
   * @param milliseconds of processor time
   * @param inflated bytes that all decoded streams may come to
   */
  constructor(milliseconds: number = MAX_MILLISECONDS, inflated: number = MAX_INFLATED_BYTES) {
    this.#inflated = inflated;
    this.#deadline = processorTime() + milliseconds;
  }

  /** Counts one parsed or compared object. @throws PdfError PDF_TOO_COMPLEX */
  step(): void {
    this.#steps -= 1;
    if (this.#steps < 0) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'objects' });
    if (this.#steps % STEPS_BETWEEN_CLOCK_READS === 0) this.checkTime();
  }

  /** @throws PdfError PDF_TOO_COMPLEX when the time is used up */
  checkTime(): void {
    if (processorTime() > this.#deadline) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'time' });
  }

  /** Bytes the next decoded stream may produce at most. */
  get inflatable(): number {
    return this.#inflated;
  }

  /** Counts decoded bytes. @throws PdfError PDF_TOO_COMPLEX */
  spendInflated(bytes: number): void {
    this.#inflated -= bytes;
    if (this.#inflated < 0) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'inflated' });
    this.checkTime();
  }
}

/** Milliseconds this process has computed. Not the clock: a busy machine must not turn a good file into a suspect one. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
