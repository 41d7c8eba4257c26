import { z } from 'zod';
import { roles } from '../domain/roles.ts';
import { idSchema } from './common.ts';
import { command, query } from './define.ts';
import { pinSchema } from './people.ts';

const personShown = z.object({ personId: idSchema, name: z.string(), title: z.string() });

export const sessionStateSchema = z.object({
  /** Whether people of this office sign in. Until then whoever sits at the workstation holds every role. */
  required: z.boolean(),
  /** Who is signed in; null for nobody. Her name is empty until the office has named its people. */
  person: personShown
    .extend({
      /** With those that she has by a delegation. */
      roles: z.array(z.enum(roles)),
      /** For whom she acts today. */
      actsFor: z.array(z.object({ personId: idSchema, name: z.string() })),
      hasPin: z.boolean(),
    })
    .nullable(),
  /** Of this office; empty until it has a name. */
  agencyName: z.string(),
  /** Who can sign in with a PIN. */
  people: z.array(personShown),
  /** Whom the account of Windows lets in without a PIN. */
  byAccount: personShown.nullable(),
});

const signedIn = z.object({ personId: idSchema });

/** Who sits at this workstation. Nothing here is remembered beyond the run of core but wrong attempts and a lock. */
export const session = {
  state: query({ signedOut: true, reads: ['session', 'people', 'office'], input: {}, output: sessionStateSchema }),
  signIn: command({
    may: 'everybody',
    audit: ['personId'],
    signedOut: true,
    input: { personId: idSchema, pin: pinSchema },
    output: signedIn,
    errors: ['PIN_WRONG', 'PIN_NOT_SET', 'SIGN_IN_DELAYED'],
  }),
  /** Whom `byAccount` names. */
  signInByAccount: command({
    may: 'everybody',
    audit: ['personId', 'account'],
    signedOut: true,
    input: {},
    output: signedIn.extend({ account: z.string() }),
    errors: ['ACCOUNT_UNKNOWN'],
  }),
  /** Locks the screen. What is being sent and fetched goes on. */
  lock: command({
    may: 'everybody',
    audit: ['locked'],
    signedOut: true,
    input: {},
    output: z.object({ locked: z.boolean() }),
  }),
  /** Her own PIN, by one who knows the present one. */
  changePin: command({
    may: 'everybody',
    audit: ['personId'],
    input: { pin: pinSchema, newPin: pinSchema },
    output: signedIn,
    errors: ['PIN_WRONG', 'PIN_NOT_SET', 'SIGN_IN_DELAYED'],
  }),
};
