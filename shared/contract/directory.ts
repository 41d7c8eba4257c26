import { z } from 'zod';
import { agencyCodeSchema, idSchema, shortText } from './common.ts';
import { command, query } from './define.ts';
import { recipientErrors } from './error-groups.ts';

export const directoryAgencySchema = z.object({
  code: z.string(),
  name: z.string(),
  parentName: z.string().nullable(),
  group: z.string().nullable(),
});
export type DirectoryAgency = z.infer<typeof directoryAgencySchema>;

const memberSchema = z.object({ code: z.string(), name: z.string() });

/** Agencies under one name: a collective name of the directory ("Các Sở, ban, ngành"), or a list of the office's own. */
export const agencyGroupSchema = z.object({
  name: z.string(),
  own: z.boolean(),
  agencies: z.array(directoryAgencySchema),
  /** Members of a list that are no longer in the directory, with the names that they had. */
  gone: z.array(memberSchema),
});
export type AgencyGroup = z.infer<typeof agencyGroupSchema>;

/** Danh sách nơi nhận of the office's own. */
export const recipientListSchema = z.object({
  id: idSchema,
  name: z.string(),
  members: z.array(memberSchema.extend({ gone: z.boolean() })),
});
export type RecipientList = z.infer<typeof recipientListSchema>;

const MOST_MEMBERS = 500;

export const directory = {
  search: query({
    reads: ['directory'],
    input: { text: z.string().max(200), limit: z.int().min(1).max(500).default(20) },
    output: z.object({ agencies: z.array(directoryAgencySchema), total: z.int() }),
  }),
  /** The agencies meant by lines such as "Các Sở, ban, ngành"; the office itself is left out. */
  resolve: query({
    reads: ['directory', 'office'],
    input: { lines: z.array(z.string().max(2000)).max(200) },
    output: z.object({ agencies: z.array(directoryAgencySchema), unmatched: z.array(z.string()) }),
  }),
  /** Groups whose name is what somebody looks for, the office's own first; the office itself is left out of them. */
  groups: query({
    reads: ['directory', 'office'],
    input: { text: z.string().max(200), limit: z.int().min(1).max(50).default(5) },
    output: z.object({ groups: z.array(agencyGroupSchema), total: z.int() }),
  }),
  /** Which of these agencies make up a group, and which stand alone. */
  grouped: query({
    reads: ['directory', 'office'],
    input: { codes: z.array(agencyCodeSchema).max(MOST_MEMBERS) },
    output: z.object({
      groups: z.array(
        z.object({
          name: z.string(),
          /** How many the name stands for. */
          of: z.int(),
          codes: z.array(z.string()),
        }),
      ),
      alone: z.array(z.string()),
    }),
  }),
  lists: query({ reads: ['directory'], input: {}, output: z.object({ lists: z.array(recipientListSchema) }) }),
  /** A new list (`listId` null), or another name or other members for one. */
  saveList: command({
    may: ['records-clerk', 'administrator'],
    audit: ['listId', 'name', 'count'],
    input: {
      listId: idSchema.nullable(),
      name: shortText.min(1),
      codes: z.array(agencyCodeSchema).min(1).max(MOST_MEMBERS),
    },
    output: z.object({ listId: idSchema, count: z.int() }),
    errors: ['LIST_NAME_TAKEN', ...recipientErrors],
  }),
  removeList: command({
    may: ['records-clerk', 'administrator'],
    audit: ['listId', 'name'],
    input: { listId: idSchema },
    output: z.object({ name: z.string() }),
  }),
};
