import type {
  AssigneeKind,
  AssignmentPart,
  HandlingStage,
  OutcomeKind,
  RemarkKind,
  RemarkVoice,
} from '#shared/domain/handling.ts';

/** How a document was finished. */
export interface Outcome {
  readonly kind: OutcomeKind;
  /** The letter of this office that answers it. */
  readonly answerId: string | null;
  /** Số, ký hiệu and day of the answer. */
  readonly codeText: string | null;
  readonly date: string | null;
  /** Why none was needed. */
  readonly reason: string | null;
}

/** What is kept of the handling besides who has it. */
export interface HandlingRecord {
  readonly documentId: string;
  readonly stage: HandlingStage;
  readonly askedLeader: string | null;
  readonly askedAt: string | null;
  readonly directed: boolean;
  readonly started: boolean;
  readonly finishedAt: string | null;
  readonly outcome: Outcome | null;
}

/** A unit or person that has, or had, a document. */
export interface AssignmentRecord {
  readonly id: number;
  readonly part: AssignmentPart;
  readonly kind: AssigneeKind;
  readonly assigneeId: string;
  readonly name: string;
  readonly dueAt: string | null;
  readonly note: string;
  readonly assignedBy: string;
  readonly assignedAt: string;
  readonly closedAt: string | null;
  readonly closedWhy: 'replaced' | 'called-back' | 'handed-over' | 'finished' | null;
}

export interface NewAssignment {
  readonly documentId: string;
  readonly part: AssignmentPart;
  readonly kind: AssigneeKind;
  readonly assigneeId: string;
  readonly dueAt: string | null;
  readonly note: string;
  readonly assignedBy: string;
  readonly assignedAt: string;
}

/** An entry of the thread. */
export interface RemarkRecord {
  readonly kind: RemarkKind;
  readonly voice: RemarkVoice;
  readonly speakerId: string;
  readonly speakerName: string;
  readonly speakerTitle: string;
  readonly writerId: string;
  readonly writerName: string;
  readonly text: string;
  readonly at: string;
}

/** Somebody or some unit that can be given a document. */
export interface Choice {
  readonly kind: AssigneeKind;
  readonly id: string;
  readonly name: string;
  /** Of a person: title, and the unit that she belongs to. */
  readonly title: string;
  readonly unitName: string;
  readonly isLeader: boolean;
  /** How often documents of the same sender were given there in the last 30 days. */
  readonly times: number;
}

/** A letter of this office that may be the answer to a document. */
export interface AnswerCandidate {
  readonly id: string;
  readonly codeText: string;
  readonly date: string | null;
  readonly abstract: string;
  /** The letter itself says that it answers this document. */
  readonly named: boolean;
}

export interface HandlingReads {
  find(documentId: string): HandlingRecord | null;
  /** Open and ended, in the order in which they were made. */
  assignments(documentId: string): AssignmentRecord[];
  remarks(documentId: string): RemarkRecord[];
  /** Instant until which the document is out of the boxes; null when it is not put aside, or no longer. */
  asideUntil(documentId: string, now: string): string | null;
  /** A person or unit that may be given documents; null for one that is gone. */
  assignee(kind: AssigneeKind, id: string): { readonly name: string; readonly title: string } | null;
  /** Whether a person is a leader, and of a unit or of the agency. */
  voiceOf(personId: string): RemarkVoice;
  choices(agencyName: string, since: string): Choice[];
  /** What the person assigned last since then, of this sender's documents if there were any. */
  lastAssigned(
    personId: string,
    agencyName: string,
    since: string,
  ): Pick<AssignmentRecord, 'part' | 'kind' | 'assigneeId'>[];
  /** Letters with a number that name the document, or went to its sender since it came, the newest first. */
  answerCandidates(documentId: string, text: string): AnswerCandidate[];
}

export interface HandlingWrites extends HandlingReads {
  put(record: HandlingRecord): void;
  assign(assignment: NewAssignment): void;
  close(assignmentId: number, why: NonNullable<AssignmentRecord['closedWhy']>, by: string, at: string): void;
  /** Opens again what finishing the document had closed. */
  openFinished(documentId: string): void;
  say(documentId: string, remark: RemarkRecord): void;
  putAside(documentId: string, until: string, by: string, at: string): void;
  takeBack(documentId: string): boolean;
}
