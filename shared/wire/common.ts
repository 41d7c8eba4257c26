/** Values that several requests carry. */
import { z } from 'zod';

/** Identifier of an agency (mã định danh, QĐ 20/2020/QĐ-TTg or the older QCVN 102:2016 form); never parsed further. */
export const agencyCodeSchema = z
  .string()
  .min(1)
  .max(50)
  .regex(/^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$/);

export const instantSchema = z.iso.datetime();
/** Lower-case hex. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
export const messageIdSchema = z.uuid();
