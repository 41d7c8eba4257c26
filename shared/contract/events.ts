import { z } from 'zod';
import { syncStatusSchema } from './office.ts';
import { settingsSchema } from './shell.ts';

const ids = z.object({ ids: z.array(z.uuid()) });

/** What the processes tell the screen. Ids and revisions only; the screen asks for what it shows. */
export const events = {
  'outgoing.changed': ids,
  'incoming.changed': ids,
  /** New arrivals, shown behind a line until the clerk asks for them. */
  'incoming.arrived': ids,
  'office.changed': z.object({}),
  'sync.changed': syncStatusSchema,
  'settings.changed': settingsSchema,
  /** The core process died (false) or answers again (true). */
  'core.available': z.object({ available: z.boolean() }),
  /** A shell action (menu, tray, notification, file association) asks the screen to go somewhere. */
  'shell.navigate': z.object({
    to: z.enum(['new-outgoing', 'search', 'to-register', 'settings']),
    id: z.uuid().optional(),
  }),
};
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>;
