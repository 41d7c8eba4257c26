import { z } from 'zod';

/** Local time of day, `HH:mm`, 00:00 to 23:59, in Việt Nam. */
export const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** ISO 8601: 1 is Monday (thứ hai), 7 is Sunday (chủ nhật). */
export const weekdaySchema = z.int().min(1).max(7);
