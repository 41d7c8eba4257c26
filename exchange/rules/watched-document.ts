import { type EscalationPolicy, policyFor } from '#shared/domain/escalation-policy.ts';
import { isExpress, type Urgency, urgencyFromRank } from '#shared/domain/urgency.ts';
import { endOfOfficeDay } from '#shared/domain/vn-date.ts';
import type { EdxmlDocumentRouting, EdxmlRouting } from '#shared/edxml/read-edxml.ts';

/** What notices and figures need of a document; no word of its content. */
export interface WatchedDocument {
  /** Số, ký hiệu. */
  readonly code: string;
  /** Tên loại. */
  readonly typeName: string;
  readonly paper: boolean | null;
  /** The hour by which one that is express with fixed hour must be there. */
  readonly expressAt: Date | null;
  readonly dueAt: Date | null;
  /** Minutes in which an express one must be opened; null for others. */
  readonly expressLimitMinutes: number | null;
  /** Policies that hold from now on for this document, whatever becomes of them. */
  readonly policyId: string;
  /** Whether they have steps for it: somebody must look. */
  readonly hasSteps: boolean;
}

/** The policies for what an agency sends, as they are kept. */
export interface KeptPolicies {
  readonly id: string;
  readonly policies: readonly EscalationPolicy[];
}

/** Longest of the texts that are kept, in characters: others' messages hold any. */
const LONGEST_TEXT = 200;
/** An hour further off than this was not meant: a stamp names one of today or the next days. */
const LATEST_HOUR_MS = 60 * 24 * 3_600_000;
/** BussinessDocType of messages that bring a document to be opened; recalls speak of one that was brought before. */
const BRINGING: readonly number[] = [0, 3];
const UPDATE = 2;

/** An update sends a document once more, or is a letter of its own (đính chính) that speaks of another. */
function brings({ businessType, documentId, updatedId }: EdxmlDocumentRouting): boolean {
  if (businessType === UPDATE) return updatedId !== '' && updatedId !== documentId;
  return BRINGING.includes(businessType);
}

/** A rank that is none of the five is no urgency; statuses have none. */
export function urgencyOf(routing: EdxmlRouting): Urgency {
  return (routing.kind === 'document' ? urgencyFromRank(routing.priority ?? 0) : null) ?? 'normal';
}

/** Null for a status, and for a message that only speaks of a document that was brought before. */
export function watchedDocument(
  routing: EdxmlRouting,
  acceptedAt: Date,
  { id: policyId, policies }: KeptPolicies,
): WatchedDocument | null {
  if (routing.kind !== 'document' || !brings(routing)) return null;
  const urgency = urgencyOf(routing);
  const due = dueAt(routing);
  const opening = policyFor(policies, urgency, 'opening');
  const deadline = due === null ? null : policyFor(policies, urgency, 'deadline');
  return {
    code: routing.code.slice(0, LONGEST_TEXT),
    typeName: routing.typeName.slice(0, LONGEST_TEXT),
    paper: routing.paper,
    expressAt: urgency === 'express-timed' ? plausible(routing.expressAt, acceptedAt) : null,
    dueAt: due,
    expressLimitMinutes: isExpress(urgency) ? (opening?.expressLimitMinutes ?? null) : null,
    policyId,
    hasSteps: [opening, deadline].some((policy) => policy !== null && policy.steps.length > 0),
  };
}

function plausible(hour: string | null, acceptedAt: Date): Date | null {
  if (hour === null) return null;
  const at = new Date(hour);
  return Math.abs(at.getTime() - acceptedAt.getTime()) > LATEST_HOUR_MS ? null : at;
}

/** The hour that the sender named, else the end of that day's office hours. */
function dueAt({ due }: EdxmlDocumentRouting): Date | null {
  if (due === null) return null;
  return new Date(due.at !== null && due.at.startsWith(due.day) ? due.at : endOfOfficeDay(due.day));
}
