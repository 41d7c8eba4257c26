import { z } from 'zod';
import { signatureRoles } from '../domain/signature-role.ts';
import { fileTokenSchema, idSchema, instantSchema } from './common.ts';
import { command, query } from './define.ts';
import { keyErrors, pickedFileErrors, signerErrors, storedFileErrors } from './error-groups.ts';

export const certificateSchema = z.object({
  id: idSchema,
  role: z.enum(signatureRoles),
  subject: z.string(),
  organisation: z.string(),
  issuer: z.string(),
  serial: z.string(),
  notBefore: instantSchema,
  notAfter: instantSchema,
  fileName: z.string(),
  hasImage: z.boolean(),
});
export type Certificate = z.infer<typeof certificateSchema>;

export const certificates = {
  list: query({
    reads: ['certificates'],
    input: {},
    output: z.object({ certificates: z.array(certificateSchema) }),
  }),
  /** Remembers where the PKCS#12 file is and whose it is; neither the key nor the password is kept. */
  add: command({
    may: ['records-clerk', 'leader', 'administrator'],
    audit: ['id', 'role'],
    input: {
      token: fileTokenSchema,
      password: z.string().max(200),
      role: z.enum(signatureRoles),
      imageToken: fileTokenSchema.nullable(),
    },
    output: certificateSchema,
    errors: [
      ...pickedFileErrors,
      ...storedFileErrors,
      ...keyErrors,
      'P12_SEVERAL_HOLDERS',
      'IMAGE_NOT_PNG',
      'SIGN_IMAGE_UNSUPPORTED',
      'PDF_TOO_COMPLEX',
    ],
  }),
  /** Whether the certificate may sign now and a password opens its key, before anything that cannot be undone is begun. */
  checkPassword: command({
    may: ['records-clerk', 'leader'],
    input: { id: idSchema, password: z.string().max(200) },
    output: z.object({ id: idSchema }),
    errors: [...signerErrors, ...keyErrors],
  }),
  remove: command({
    may: ['records-clerk', 'leader', 'administrator'],
    audit: ['id'],
    input: { id: idSchema },
    output: z.object({ id: idSchema }),
  }),
};
