import { z } from 'zod';
import { MAX_PIN, MIN_PIN } from '../domain/pin.ts';
import { roles } from '../domain/roles.ts';
import { daySchema, idSchema, instantSchema, shortText } from './common.ts';
import { command, query } from './define.ts';

/** A unit of this office (đơn vị). */
export const unitSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** As it stands in notations: HCTC. */
  abbreviation: z.string(),
  active: z.boolean(),
  /** Where it stands among the others; equal ones by their name. */
  position: z.int(),
});
export type Unit = z.infer<typeof unitSchema>;

/** A person of this office (người sử dụng). */
export const personSchema = z.object({
  id: idSchema,
  /** Họ tên. Empty for the one person that a register has before the office names its people. */
  name: z.string(),
  /** Chức vụ. */
  title: z.string(),
  unitId: idSchema.nullable(),
  roles: z.array(z.enum(roles)),
  active: z.boolean(),
  position: z.int(),
});
export type Person = z.infer<typeof personSchema>;

/** Ủy quyền: from one day to another, both included. */
export const delegationSchema = z.object({
  id: idSchema,
  from: z.object({ personId: idSchema, name: z.string() }),
  to: z.object({ personId: idSchema, name: z.string() }),
  fromDay: daySchema,
  toDay: daySchema,
  madeAt: instantSchema,
  /** Ended before its last day. */
  endedAt: instantSchema.nullable(),
});
export type Delegation = z.infer<typeof delegationSchema>;

export const signInRulesSchema = z.strictObject({
  /** False: whoever sits at the workstation is the register's first person. */
  required: z.boolean(),
  /** Whether the account of Windows is proof enough. */
  byAccount: z.boolean(),
  /** Minutes without a key or a movement until the screen is locked; null for never. */
  idleMinutes: z.int().min(1).max(480).nullable(),
});
export type SignInRules = z.infer<typeof signInRulesSchema>;

export const pinSchema = z.string().regex(new RegExp(`^\\d{${MIN_PIN},${MAX_PIN}}$`, 'u'));

const positionSchema = z.int().min(0).max(9999);
/** As Windows writes it: `anhntp`, or `SOYT\\anhntp` with its domain. */
const accountSchema = z.string().trim().max(120);
const mayManage = ['administrator'] as const;

export const people = {
  /** Units and people in the office's order, also those that are no longer active: documents name them. */
  list: query({
    reads: ['people'],
    input: {},
    output: z.object({ units: z.array(unitSchema), people: z.array(personSchema) }),
  }),
  /** How active people sign in, for those who manage them. */
  accounts: query({
    may: mayManage,
    reads: ['people'],
    input: {},
    output: z.object({
      accounts: z.array(z.object({ personId: idSchema, windowsAccount: z.string(), hasPin: z.boolean() })),
      rules: signInRulesSchema,
    }),
  }),
  /** A new unit (`unitId` null), or a changed one; one that was taken out is back by it. */
  saveUnit: command({
    may: mayManage,
    audit: ['unitId', 'name', 'abbreviation'],
    input: {
      unitId: idSchema.nullable(),
      name: shortText.min(1),
      /** Letters and digits, dots and hyphens inside: what a notation may hold. */
      abbreviation: z.string().trim().max(30),
      position: positionSchema,
    },
    output: z.object({ unitId: idSchema }),
    errors: ['UNIT_NAME_TAKEN', 'UNIT_ABBREVIATION_WRONG'],
  }),
  /** A new person (`personId` null), or a changed one; one that had left is back by it. */
  savePerson: command({
    may: mayManage,
    audit: ['personId', 'name', 'title', 'unitId', 'roles', 'windowsAccount'],
    input: {
      personId: idSchema.nullable(),
      name: shortText.min(1),
      title: shortText,
      unitId: idSchema.nullable(),
      roles: z.array(z.enum(roles)).max(roles.length),
      position: positionSchema,
      windowsAccount: accountSchema,
    },
    output: z.object({ personId: idSchema }),
    errors: ['UNIT_NOT_ACTIVE', 'ACCOUNT_TAKEN', 'LAST_ADMINISTRATOR'],
  }),
  /**
   * Takes a unit out of every choice. Rows stay, because documents name them. Its people must be elsewhere first; its
   * unfinished documents go to `handOverTo`, another unit.
   */
  removeUnit: command({
    may: mayManage,
    audit: ['unitId', 'handOverTo', 'handedOver'],
    input: { unitId: idSchema, handOverTo: idSchema.nullable().default(null) },
    output: z.object({ handedOver: z.int() }),
    errors: ['UNIT_HAS_PEOPLE', 'ASSIGNED_DOCUMENTS_LEFT', 'UNIT_NOT_ACTIVE'],
  }),
  /** Likewise a person: she can no longer sign in, and her unfinished documents go to another person. */
  removePerson: command({
    may: mayManage,
    audit: ['personId', 'handOverTo', 'handedOver'],
    input: { personId: idSchema, handOverTo: idSchema.nullable().default(null) },
    output: z.object({ handedOver: z.int() }),
    errors: ['ASSIGNED_DOCUMENTS_LEFT', 'PERSON_NOT_ACTIVE', 'LAST_ADMINISTRATOR'],
  }),
  /** Sets a PIN, also instead of a forgotten one; wrong attempts before are forgotten with it. */
  setPin: command({
    may: mayManage,
    audit: ['personId'],
    input: { personId: idSchema, pin: pinSchema },
    output: z.object({ personId: idSchema }),
    errors: ['PERSON_NOT_ACTIVE'],
  }),
  /** Whether people sign in, and how. An administrator must be able to, or nobody could change it back. */
  saveSignIn: command({
    may: mayManage,
    audit: ['required', 'byAccount', 'idleMinutes'],
    input: signInRulesSchema.shape,
    output: signInRulesSchema,
    errors: ['SIGN_IN_NEEDS_ADMINISTRATOR'],
  }),
  /** Running and coming delegations, and those of the last days, newest first. */
  delegations: query({ reads: ['people'], input: {}, output: z.object({ delegations: z.array(delegationSchema) }) }),
  /** A leader gives her rights to another person for some days; an administrator enters what was decided on paper. */
  delegate: command({
    may: ['leader', 'administrator'],
    audit: ['id', 'fromPersonId', 'toPersonId', 'fromDay', 'toDay'],
    input: { fromPersonId: idSchema, toPersonId: idSchema, fromDay: daySchema, toDay: daySchema },
    output: z.object({ id: idSchema }),
    errors: ['PERSON_NOT_ACTIVE', 'DELEGATION_NOT_OWN', 'DELEGATOR_NOT_LEADER', 'DELEGATION_DAYS_WRONG'],
  }),
  /** Takes it back before its last day. */
  endDelegation: command({
    may: ['leader', 'administrator'],
    audit: ['id'],
    input: { delegationId: idSchema },
    output: z.object({ id: idSchema }),
    errors: ['DELEGATION_NOT_OWN'],
  }),
};
