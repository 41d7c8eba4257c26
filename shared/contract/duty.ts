import { z } from 'zod';
import { keptDutySchema } from '../domain/duty.ts';
import { phoneSchema } from '../domain/phone-number.ts';
import { rotaSchema } from '../domain/rota.ts';
import { testNoticeSchema } from '../domain/test-notice.ts';
import { officeHoursSchema } from '../domain/working-time.ts';
import { instantSchema } from './common.ts';
import { command, query } from './define.ts';

const dutyErrors = ['NOT_ENROLLED', 'DUTY_OFFLINE', 'EXCHANGE_GARBAGE', 'CLOCK_SKEW', 'EXCHANGE_REFUSED'] as const;
/** The rota is the records office's to keep and the leader's to decide. */
const may = ['records-clerk', 'leader', 'administrator'] as const;

/** Lịch trực. What is changed is changed at the exchange, which sends by it: without a line nothing is. */
export const duty = {
  /** The last copy that this office read; null before the first. */
  get: query({
    reads: ['duty'],
    input: {},
    output: z.object({
      kept: keptDutySchema.nullable(),
      /** How much is going to hurt from now on; see `comingProblems`. */
      coming: z.int().nonnegative(),
    }),
  }),
  /** Replaces the rota `from` a version. DUTY_CHANGED when somebody else did: then `duty.get` has the newer one. */
  save: command({
    may,
    audit: ['from'],
    input: { from: z.int().nonnegative(), rota: rotaSchema },
    output: keptDutySchema,
    errors: [...dutyErrors, 'DUTY_CHANGED'],
  }),
  saveHours: command({
    may,
    audit: ['hours'],
    input: { hours: officeHoursSchema },
    output: keptDutySchema,
    errors: dutyErrors,
  }),
  /** Sends a code to the number of an officer of the saved rota. */
  sendPhoneCode: command({
    may,
    input: { phone: phoneSchema },
    output: z.object({ expiresAt: instantSchema }),
    errors: [...dutyErrors, 'RATE_LIMITED', 'NO_CHANNEL'],
  }),
  /**
   * Has a text that says it is a test sent to the verified number of an officer of the saved rota, who may ask for it too.
   * RATE_LIMITED: one a minute to a number, some a day.
   */
  tryNumber: command({
    may: [...may, 'officer'],
    input: { phone: phoneSchema },
    output: testNoticeSchema,
    errors: [...dutyErrors, 'RATE_LIMITED', 'NO_CHANNEL', 'PHONE_NOT_VERIFIED'],
  }),
  /** How far such a text has got, asked of the exchange: nothing here tells when that changes. */
  numberTried: query({ reads: [], input: { id: z.uuid() }, output: testNoticeSchema, errors: dutyErrors }),
  confirmPhone: command({
    may,
    input: { phone: phoneSchema, code: z.string().regex(/^\d{6}$/) },
    output: keptDutySchema,
    errors: [...dutyErrors, 'PHONE_CODE_INVALID'],
  }),
};
