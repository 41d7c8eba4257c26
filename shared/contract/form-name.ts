import { z } from 'zod';

/** Which form, and of what: `outgoing` and the id of the draft, for one. */
export const formNameShape = {
  kind: z.string().regex(/^[a-z-]{1,40}$/),
  key: z.string().min(1).max(120),
};
export const formNameSchema = z.strictObject(formNameShape);
export type FormName = z.infer<typeof formNameSchema>;
