import { describe, expect, it } from 'vitest';
import { isPaperToPost, plannedDelivery } from '#shared/domain/delivery.ts';
import { DEFAULT_PAPER_RULES, needsPaper, type PaperRules, paperRulesSchema } from '#shared/domain/paper-rules.ts';

const office = { agencyCode: 'H15.02', agencyName: 'Sở Nội vụ' };
const government = { agencyCode: 'G22', agencyName: 'VĂN PHÒNG CHÍNH PHỦ' };

describe('who gets paper as well', () => {
  it('is nobody but the Government while the office has no rules', () => {
    expect(needsPaper(DEFAULT_PAPER_RULES, 'Quyết định', false, office)).toBe(false);
    expect(needsPaper(DEFAULT_PAPER_RULES, 'Công văn', false, government)).toBe(true);
    expect(needsPaper(DEFAULT_PAPER_RULES, 'Công văn', false, { ...government, agencyName: 'Cổng Chính phủ' })).toBe(
      false,
    );
  });

  it('is everybody when the letter says so, or its type', () => {
    expect(needsPaper(DEFAULT_PAPER_RULES, 'Công văn', true, office)).toBe(true);
    const rules: PaperRules = { types: ['Quyết định'], agencies: [] };
    expect(needsPaper(rules, 'Quyết định', false, office)).toBe(true);
    expect(needsPaper(rules, 'Công văn', false, office)).toBe(false);
  });

  it("is decided by the recipient's own rule before any other", () => {
    const electronic: PaperRules = {
      types: ['Quyết định'],
      agencies: [
        { code: 'H15.02', choice: 'electronic' },
        { code: 'G22', choice: 'electronic' },
        { code: 'H15.03', choice: 'paper' },
      ],
    };
    expect(needsPaper(electronic, 'Quyết định', true, office)).toBe(false);
    expect(needsPaper(electronic, 'Công văn', false, government)).toBe(false);
    expect(needsPaper(electronic, 'Công văn', false, { agencyCode: 'H15.03', agencyName: 'Sở Y tế' })).toBe(true);
  });

  it('takes no rule for a type or an agency that there cannot be', () => {
    expect(paperRulesSchema.safeParse({ types: ['Thư tay'], agencies: [] }).success).toBe(false);
    expect(paperRulesSchema.safeParse({ types: [], agencies: [{ code: 'a b', choice: 'paper' }] }).success).toBe(false);
    expect(paperRulesSchema.safeParse({ types: [], agencies: [{ code: 'H15', choice: 'both' }] }).success).toBe(false);
  });
});

it('paper is to be posted until it was, or until the recipient has it', () => {
  const delivery = { ...plannedDelivery(office), paperNeeded: true };
  expect(isPaperToPost(delivery)).toBe(true);
  expect(isPaperToPost({ ...delivery, paperPostedOn: '2026-03-12' })).toBe(false);
  expect(isPaperToPost({ ...delivery, paperReceivedAt: '2026-03-14T02:00:00.000Z' })).toBe(false);
  expect(isPaperToPost({ ...delivery, paperNeeded: false })).toBe(false);
});
