import { describe, expect, it } from 'vitest';
import { checkMeeting, countAnswers, isInvitation, LONGEST_MEETING_DAYS } from '#shared/domain/meeting.ts';

const now = Date.parse('2026-03-10T02:00:00.000Z');
const at = (days: number): string => new Date(now + days * 86_400_000).toISOString();
const meeting = (meetingAt: string | null, meetingEndsAt: string | null = null, documentType = 'Giấy mời') =>
  checkMeeting({ documentType, meetingAt, meetingEndsAt }, now);

describe('the hours of a meeting', () => {
  it('are right when it is to come, with or without an end, or says no hour', () => {
    expect([
      meeting(at(1)),
      meeting(at(1), at(1.1)),
      meeting(null),
      meeting(at(1), at(1 + LONGEST_MEETING_DAYS)),
    ]).toEqual([null, null, null, null]);
  });

  it.each([
    ['gone', 'meetingAt', at(-1), null],
    ['gone', 'meetingAt', at(0), at(1)],
    ['start-missing', 'meetingAt', null, at(1)],
    ['ends-before-start', 'meetingEndsAt', at(2), at(1)],
    ['ends-before-start', 'meetingEndsAt', at(2), at(2)],
    ['too-long', 'meetingEndsAt', at(1), at(1.01 + LONGEST_MEETING_DAYS)],
  ])('%s', (code, field, start, end) => {
    expect(meeting(start, end)).toEqual({ code, field });
  });

  it('of a document that asks to no meeting are nobody’s business', () => {
    expect(meeting(at(-1), null, 'Công văn')).toBeNull();
  });
});

it.each([
  ['Giấy mời', true],
  ['GIẤY MỜI'.normalize('NFD'), true],
  ['Giấy mời họp', true],
  ['Giấy mờic', false],
  ['Công văn', false],
  ['', false],
])('%s asks to a meeting: %s', (type, expected) => {
  expect(isInvitation(type)).toBe(expected);
});

it('answers are counted, and those that are missing', () => {
  expect(countAnswers(['yes', null, 'no', 'yes', 'substitute', null])).toEqual({
    yes: 2,
    substitute: 1,
    no: 1,
    none: 2,
  });
});
