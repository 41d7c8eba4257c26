/** Who is told of express documents at an agency, and the hours and days that deadlines are counted in. */
import { z } from 'zod';
import { dutySchema } from '../domain/duty.ts';
import { phoneSchema } from '../domain/phone-number.ts';
import { rotaSchema } from '../domain/rota.ts';
import { testNoticeSchema } from '../domain/test-notice.ts';
import { officeHoursSchema } from '../domain/working-time.ts';
import { instantSchema, messageIdSchema } from './common.ts';
import { defineRoute, json } from './route.ts';

const versionSchema = z.int().nonnegative();

export const readDuty = defineRoute({ method: 'GET', path: '/v1/duty', signed: true, answer: json(dutySchema) });

/**
 * Replaces the rota of the caller's agency. Which numbers are verified is the exchange's to say: `phoneVerifiedAt` of what is sent
 * does not count. DUTY_CHANGED (409) when somebody else did meanwhile.
 */
export const saveDuty = defineRoute({
  method: 'PUT',
  path: '/v1/duty',
  signed: true,
  body: json(z.object({ from: versionSchema, rota: rotaSchema })),
  answer: json(dutySchema),
});

/** The office hours of the caller's agency. */
export const saveOfficeHours = defineRoute({
  method: 'PUT',
  path: '/v1/duty/hours',
  signed: true,
  body: json(z.object({ hours: officeHoursSchema })),
  answer: json(dutySchema),
});

/** Sends a code to the number of an officer in the kept rota. RATE_LIMITED when one was sent just now. */
export const sendPhoneCode = defineRoute({
  method: 'POST',
  path: '/v1/duty/phone-code',
  signed: true,
  body: json(z.object({ phone: phoneSchema })),
  answer: json(z.object({ expiresAt: instantSchema })),
});

/** The code that came to the number. PHONE_CODE_INVALID after a wrong one, or one that is too old. */
export const confirmPhone = defineRoute({
  method: 'POST',
  path: '/v1/duty/confirm-phone',
  signed: true,
  body: json(z.object({ phone: phoneSchema, code: z.string().regex(/^\d{6}$/) })),
  answer: json(dutySchema),
});

/**
 * Sends a text that says it is a test to the verified number of an officer in the kept rota. The id is the caller's: asking
 * again under it sends nothing. PHONE_NOT_VERIFIED, RATE_LIMITED (one a minute to a number, 20 in 24 hours), NO_CHANNEL.
 */
export const tryNumber = defineRoute({
  method: 'POST',
  path: '/v1/duty/test-notices',
  signed: true,
  body: json(z.object({ id: messageIdSchema, phone: phoneSchema })),
  answer: json(testNoticeSchema),
});

/** How far such a text has got. */
export const numberTried = defineRoute({
  method: 'GET',
  path: '/v1/duty/test-notices/:id',
  signed: true,
  params: z.object({ id: messageIdSchema }),
  answer: json(testNoticeSchema),
});
