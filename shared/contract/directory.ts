import { z } from 'zod';
import { query } from './define.ts';

export const directoryAgencySchema = z.object({
  code: z.string(),
  name: z.string(),
  parentName: z.string().nullable(),
  group: z.string().nullable(),
});
export type DirectoryAgency = z.infer<typeof directoryAgencySchema>;

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
};
