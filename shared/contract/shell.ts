import { z } from 'zod';
import { fileIdSchema, fileTokenSchema, listFilterSchema, listSortSchema, shortText } from './common.ts';
import { command, query } from './define.ts';

export const locales = ['vi', 'en'] as const;
export type Locale = (typeof locales)[number];

/** How a list is to be seen: its order, the columns that are not shown, filters kept under a name. */
const listSettingsSchema = z.strictObject({
  sort: listSortSchema.optional(),
  hidden: z.array(z.string().max(40)).max(20),
  filters: z.array(z.strictObject({ name: z.string().trim().min(1).max(60), filter: listFilterSchema })).max(30),
});
export type ListSettings = z.infer<typeof listSettingsSchema>;

export const settingsSchema = z.strictObject({
  locale: z.enum(locales),
  theme: z.enum(['system', 'light', 'dark', 'high-contrast']),
  /** Widths in CSS pixels that the user dragged, by pane or column name. */
  widths: z.record(z.string().max(60), z.number().min(20).max(4000)),
  /** By list: `<direction>.<box>`. */
  lists: z.record(z.string().max(60), listSettingsSchema),
  /** Whether a notice of an express document is heard. */
  expressSound: z.boolean(),
  /** Whether the application goes on in the tray when its window is closed, so that express documents are announced. */
  staysInTray: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  locale: 'vi',
  theme: 'system',
  widths: {},
  lists: {},
  expressSound: true,
  staysInTray: true,
};

export const pickedFileSchema = z.object({ token: fileTokenSchema, name: z.string(), size: z.int() });
export type PickedFile = z.infer<typeof pickedFileSchema>;

export const app = {
  info: query({
    signedOut: true,
    reads: [],
    input: {},
    output: z.object({ version: z.string(), electron: z.string(), platform: z.string(), demo: z.boolean() }),
  }),
  /** Saves a diagnostics file (versions, counts, last log lines; no names, no document text) where the user says. */
  exportDiagnostics: command({
    may: 'everybody',
    input: {},
    output: z.object({ saved: z.boolean() }),
    errors: ['FILE_NOT_WRITTEN'],
  }),
};

export const settings = {
  get: query({ signedOut: true, reads: [], input: {}, output: settingsSchema }),
  update: command({
    may: 'everybody',
    input: { change: settingsSchema.partial() },
    output: settingsSchema,
    errors: ['SETTINGS_NOT_SAVED'],
  }),
};

export const files = {
  pick: command({
    may: 'everybody',
    input: { purpose: z.enum(['letter', 'arrival', 'attachment', 'certificate', 'image']) },
    output: z.object({ files: z.array(pickedFileSchema) }),
    errors: ['FILE_UNREADABLE'],
  }),
  /** Writes a stored file where the user says. */
  saveCopy: command({
    may: 'everybody',
    input: { fileId: fileIdSchema, suggestedName: shortText },
    output: z.object({ saved: z.boolean() }),
    errors: ['FILE_MISSING', 'FILE_NOT_WRITTEN'],
  }),
  /** Writes what `incoming.calendar` answers where the user says. */
  saveCalendar: command({
    may: 'everybody',
    input: { text: z.string().max(100_000).startsWith('BEGIN:VCALENDAR'), suggestedName: shortText },
    output: z.object({ saved: z.boolean() }),
    errors: ['FILE_NOT_WRITTEN'],
  }),
  /** Saves what the window shows in print as PDF where the user says: A4, pages numbered at the foot. */
  savePrint: command({
    may: 'everybody',
    input: { suggestedName: shortText },
    output: z.object({ saved: z.boolean() }),
    errors: ['FILE_NOT_WRITTEN'],
  }),
  /** Prints what the window shows in print, on the printer that the user chooses; false when she changed her mind. */
  print: command({
    may: 'everybody',
    input: { landscape: z.boolean() },
    output: z.object({ printed: z.boolean() }),
    errors: ['PRINT_FAILED'],
  }),
  /** What the window shows in print, as a PDF that stands there as if it had been picked; the next one replaces it. */
  pickPrint: command({
    may: 'everybody',
    input: { name: shortText.min(1) },
    output: z.object({ file: pickedFileSchema }),
    errors: ['FILE_NOT_WRITTEN', 'FILE_UNREADABLE'],
  }),
};
