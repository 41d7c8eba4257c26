/** Values that several requests carry. */
import { z } from 'zod';
import { AGENCY_CODE_PATTERN, MAX_AGENCY_CODE } from '../domain/agency-code.ts';

/** `shared/domain/agency-code.ts`. */
export const agencyCodeSchema = z.string().min(1).max(MAX_AGENCY_CODE).regex(AGENCY_CODE_PATTERN);

export const instantSchema = z.iso.datetime();
/** Lower-case hex. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
/** SHA-256, base64url without padding. */
export const requestDigestSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const messageIdSchema = z.uuid();
