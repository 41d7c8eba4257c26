import { z } from 'zod';
import { directions } from '../domain/direction.ts';
import { incomingBoxes } from '../domain/incoming-state.ts';
import { outgoingBoxes } from '../domain/outgoing-state.ts';
import { officeHoursSchema, workCalendarSchema } from '../domain/working-time.ts';
import { agencyCodeSchema, idSchema, instantSchema, shortText } from './common.ts';
import { paperRulesSchema } from '../domain/paper-rules.ts';
import { command, query } from './define.ts';

export const ownAgencySchema = z.object({ code: z.string(), name: z.string() });

/** Whose office this is. */
export const officeIdentitySchema = z.object({
  /** Null until the first set-up. */
  agency: ownAgencySchema.nullable(),
  enrolled: z.boolean(),
  serverUrl: z.string().nullable(),
});
export type OfficeIdentity = z.infer<typeof officeIdentitySchema>;

/** How many documents are in each box of the navigation. */
export const officeCountsSchema = z.object({
  incoming: z.record(z.enum(incomingBoxes), z.int()),
  outgoing: z.record(z.enum(outgoingBoxes), z.int()),
  /** Letters of this office for which somebody must telephone. */
  calls: z.int(),
  /** Letters of this office for which a recipient asks for a longer time. */
  extensions: z.int(),
  /** Messages that came but could not be taken in; `exchange.setAside` says why. */
  setAside: z.int(),
});

export const searchHitSchema = z.object({
  direction: z.enum(directions),
  id: idSchema,
  codeText: z.string(),
  agencyName: z.string(),
  abstract: z.string(),
  at: instantSchema,
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const office = {
  identity: query({ reads: ['office'], input: {}, output: officeIdentitySchema }),
  /** What deadlines are counted in. */
  workTime: query({
    reads: ['office', 'duty'],
    input: {},
    output: z.object({ hours: officeHoursSchema, calendar: workCalendarSchema }),
  }),
  /** What lists of a direction can be filtered by, in the order of the alphabet. */
  listValues: query({
    reads: ['incoming', 'outgoing'],
    input: { direction: z.enum(directions) },
    output: z.object({
      agencies: z.array(z.object({ value: z.string(), label: z.string() })),
      signers: z.array(z.string()),
    }),
  }),
  counts: query({ reads: ['incoming', 'outgoing', 'set-aside'], input: {}, output: officeCountsSchema }),
  /** Works without any server: gives the office its name so that drafts and books can start. */
  setUp: command({
    may: ['records-clerk', 'administrator'],
    audit: ['agencyName', 'agencyCode'],
    input: { agencyName: shortText.min(1), agencyCode: agencyCodeSchema },
    output: z.object({ agency: ownAgencySchema }),
    errors: ['ALREADY_ENROLLED'],
  }),
  /** Which types and recipients get a paper copy as well. */
  paperRules: query({
    reads: ['office', 'directory'],
    input: {},
    output: paperRulesSchema.extend({
      agencies: z.array(paperRulesSchema.shape.agencies.element.extend({ name: z.string() })),
    }),
  }),
  savePaperRules: command({
    may: ['records-clerk', 'administrator'],
    audit: ['agencies', 'types'],
    input: paperRulesSchema.shape,
    output: paperRulesSchema,
  }),
  search: query({
    reads: ['incoming', 'outgoing'],
    input: { text: z.string().max(200), limit: z.int().min(1).max(50).default(20) },
    output: z.object({ hits: z.array(searchHitSchema) }),
  }),
};
