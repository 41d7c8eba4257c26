import type { Measurement } from '../measure.ts';
import { measureAccepting } from './accepting.ts';
import { measureIdlePolls } from './idle-polls.ts';
import { measureIntake } from './intake.ts';
import { measureJourney } from './journey.ts';
import { measureMemory } from './memory.ts';
import { measureVisibility } from './visibility.ts';

const parts = [measureJourney, measureAccepting, measureVisibility, measureIdlePolls, measureMemory, measureIntake];

/** The exchange and the offices at it, one part after the other: each has its own processes. */
export async function* measureExchange(): AsyncGenerator<Measurement> {
  for (const measure of parts) yield* await measure();
}
