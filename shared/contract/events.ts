import { z } from 'zod';
import type { QueryName } from './contract.ts';
import { syncStatusSchema } from './exchange.ts';
import { settingsSchema } from './shell.ts';

/** What the processes tell the screen: no documents; the screen asks for what it shows. */
export const events = {
  /** These queries have another answer now. */
  'answers.changed': z.object({ queries: z.array(z.custom<QueryName>((value) => typeof value === 'string')) }),
  /** New arrivals, shown behind a line until the clerk asks for them. */
  'incoming.arrived': z.object({ ids: z.array(z.uuid()) }),
  /** How the connection with the exchange is now. */
  'line.changed': syncStatusSchema,
  'settings.changed': settingsSchema,
  /** The core process died (false) or answers again (true). */
  'core.available': z.object({ available: z.boolean() }),
  /** A shell action (menu, tray, notification, file association) asks the screen to go somewhere. */
  'shell.navigate': z.object({
    to: z.enum(['new-outgoing', 'search', 'to-register', 'settings', 'feedback', 'write-feedback']),
    id: z.uuid().optional(),
  }),
};
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>;
