/**
 * Which recipients get a paper copy beside the electronic document. A document that was signed digitally and sent through the
 * exchange replaces paper (Quyết định 28/2018/QĐ-TTg, Điều 5), so none goes unless a rule says so (Điều 7 khoản 2): to the
 * Government and the Prime Minister, and what the office or its province has decided. State secrets never go electronically at all.
 */
import { z } from 'zod';
import { documentTypes } from './document-types.ts';
import { AGENCY_CODE_PATTERN, MAX_AGENCY_CODE } from './agency-code.ts';

export const paperChoices = ['paper', 'electronic'] as const;
/** `paper`: a paper copy as well. `electronic`: the electronic document alone. */
export type PaperChoice = (typeof paperChoices)[number];

export const paperRulesSchema = z.strictObject({
  /** Types of which every recipient gets paper. */
  types: z
    .array(z.string().refine((name) => documentTypes.some((type) => type.name === name)))
    .max(documentTypes.length),
  /** What a recipient wants, whatever the type. */
  agencies: z
    .array(
      z.strictObject({
        code: z.string().min(1).max(MAX_AGENCY_CODE).regex(AGENCY_CODE_PATTERN),
        choice: z.enum(paperChoices),
      }),
    )
    .max(2000),
});
export type PaperRules = z.infer<typeof paperRulesSchema>;

/** What goes by the decision alone, until the office has rules of its own. */
export const DEFAULT_PAPER_RULES: PaperRules = { types: [], agencies: [] };

/** Điều 7 khoản 2 names these whatever the office decides, unless it says otherwise of the agency itself. */
const GOVERNMENT: readonly string[] = ['Chính phủ', 'Thủ tướng Chính phủ', 'Văn phòng Chính phủ'];

/**
 * Whether a recipient is to get a paper copy. Its own rule is first; then the letter's flag and the type's rule.
 * @param letterFlag "Gửi kèm bản giấy" of the letter itself, which is for all of its recipients
 */
export function needsPaper(
  rules: PaperRules,
  documentType: string,
  letterFlag: boolean,
  recipient: { readonly agencyCode: string; readonly agencyName: string },
): boolean {
  const own = rules.agencies.find(({ code }) => code === recipient.agencyCode);
  if (own !== undefined) return own.choice === 'paper';
  return letterFlag || rules.types.includes(documentType) || isGovernment(recipient.agencyName);
}

function isGovernment(name: string): boolean {
  const plain = (text: string): string => text.normalize('NFC').trim().toLocaleLowerCase('vi');
  return GOVERNMENT.some((one) => plain(one) === plain(name));
}
