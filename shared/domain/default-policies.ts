import type { EscalationPolicy, EscalationStep, EscalationTarget, NoticeChannel } from './escalation-policy.ts';
import { urgencies } from './urgency.ts';

const everyWay: readonly NoticeChannel[] = ['sms', 'zalo', 'email'];
const byMail: readonly NoticeChannel[] = ['email'];

/** The province's policies until its administrator edits them. An ordinary document escalates only by its deadline. */
export const defaultPolicies: readonly EscalationPolicy[] = [
  {
    urgencies: ['express'],
    kind: 'opening',
    steps: [
      after(0, 'clock', 'on-duty', everyWay),
      after(10, 'clock', 'on-duty', everyWay),
      after(20, 'clock', 'head-of-office', everyWay),
      after(30, 'clock', 'sender-call', []),
    ],
    expressLimitMinutes: 30,
  },
  {
    urgencies: ['express-timed'],
    kind: 'opening',
    steps: [
      after(0, 'clock', 'on-duty', everyWay),
      beforeHour(25, 'on-duty', everyWay),
      beforeHour(15, 'head-of-office', everyWay),
      // Time to find the number and to be heard.
      beforeHour(8, 'sender-call', []),
    ],
    expressLimitMinutes: 30,
  },
  {
    urgencies: ['very-urgent'],
    kind: 'opening',
    steps: [
      after(0, 'working', 'on-duty', everyWay),
      after(60, 'working', 'on-duty', everyWay),
      after(240, 'working', 'head-of-office', everyWay),
    ],
    expressLimitMinutes: null,
  },
  {
    urgencies: ['urgent'],
    kind: 'opening',
    steps: [after(60, 'working', 'on-duty', byMail), after(240, 'working', 'on-duty', everyWay)],
    expressLimitMinutes: null,
  },
  {
    urgencies,
    kind: 'deadline',
    steps: [
      beforeDue(3),
      beforeDue(1),
      beforeDue(0),
      { timing: { when: 'overdue' }, target: 'on-duty', channels: byMail },
    ],
    expressLimitMinutes: null,
  },
];

function after(
  minutes: number,
  time: 'clock' | 'working',
  target: EscalationTarget,
  channels: readonly NoticeChannel[],
): EscalationStep {
  return { timing: { when: 'after', minutes, time }, target, channels };
}

function beforeHour(minutes: number, target: EscalationTarget, channels: readonly NoticeChannel[]): EscalationStep {
  return { timing: { when: 'before-hour', minutes }, target, channels };
}

function beforeDue(days: number): EscalationStep {
  return { timing: { when: 'before-due', days, at: '07:30' }, target: 'on-duty', channels: byMail };
}
