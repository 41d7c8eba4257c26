import { z } from 'zod';
import { fileIdSchema, idSchema, instantSchema } from './common.ts';
import { command, query } from './define.ts';
import { formNameShape } from './form-name.ts';

/** A longer form than any that a person fills in; below what one message may hold. */
export const MAX_FORM_CHARS = 600_000;
const MAX_FORM_FILES = 100;

const keptSchema = z.object({ ...formNameShape, version: z.int(), keptAt: instantSchema });
export type KeptForm = z.infer<typeof keptSchema>;

/** Whose form it is: one that is still on its way when somebody else signs in is not kept as hers. */
const ownFormShape = { personId: idSchema, ...formNameShape };

/** What a person types and has not saved yet, kept in the register so that neither a power cut nor a closed window loses it. */
export const forms = {
  /** Those of the person who asks, the newest first; their contents one by one. Asked for when a window opens. */
  list: query({ reads: [], input: {}, output: z.object({ personId: idSchema, forms: z.array(keptSchema) }) }),
  read: query({
    reads: [],
    input: formNameShape,
    output: z.object({ version: z.int(), body: z.string() }),
  }),
  /** Keeps it as it is now, in place of what was kept before. `files` are the stored files that it needs. */
  keep: command({
    may: 'everybody',
    input: {
      ...ownFormShape,
      /** Of the form's shape: one of another version is shown, and not filled in. */
      version: z.int().min(1),
      body: z.string().max(MAX_FORM_CHARS),
      files: z.array(fileIdSchema).max(MAX_FORM_FILES),
    },
    output: z.object({}),
  }),
  /** It was thrown away, or emptied. One that a command saves is ended by that command (`endsForm`). */
  forget: command({ may: 'everybody', input: ownFormShape, output: z.object({}) }),
};
