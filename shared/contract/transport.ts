import { z } from 'zod';
import type { Answer } from './define.ts';
import type { EventName } from './events.ts';

/** Messages on a port between a screen and core. `id` pairs an answer with its request. */
export const requestSchema = z.strictObject({
  id: z.int().min(0),
  name: z.string().max(60),
  input: z.unknown(),
});
export type Request = z.infer<typeof requestSchema>;

export type ToScreen =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer<unknown> }
  | { readonly kind: 'event'; readonly event: EventName; readonly payload: unknown };

/** What the page sees of the preload script besides the calls. */
export interface Bridge {
  /** Tells of an event until the returned function is called. */
  on(event: EventName, listener: (payload: unknown) => void): () => void;
  /** Turns dropped files into tokens; the page never sees a path. */
  filesFromDrop(files: readonly unknown[]): Promise<Answer<{ files: { token: string; name: string; size: number }[] }>>;
}
