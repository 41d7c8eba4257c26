import type { ExchangeStatusCode } from './exchange-status.ts';
import { statusOfRecallAnswer } from './recall.ts';

/**
 * How far the handling of a registered incoming document has got (NĐ 30/2020 Điều 23, 24): it waits for a leader's opinion
 * (trình), has one (ý kiến chỉ đạo), is assigned (phân công), worked on, finished. An office that names no people goes from
 * the first to the last.
 */
export const handlingStages = ['registered', 'submitted', 'directed', 'assigned', 'in-progress', 'finished'] as const;
export type HandlingStage = (typeof handlingStages)[number];

/** Chủ trì, phối hợp, nhận để biết. */
export const assignmentParts = ['lead', 'support', 'inform'] as const;
export type AssignmentPart = (typeof assignmentParts)[number];

/** A unit of the office, or a person in it. */
export type AssigneeKind = 'unit' | 'person';
export interface Assignee {
  readonly part: AssignmentPart;
  readonly kind: AssigneeKind;
  readonly id: string;
}

/** What decides which steps are open; the stage follows from it. */
export interface Handling {
  /** The leader whose opinion is waited for. */
  readonly askedLeader: string | null;
  /** A leader gave an opinion. */
  readonly directed: boolean;
  /** Who has it now; at most one leads. */
  readonly assignees: readonly Assignee[];
  readonly started: boolean;
  readonly finished: boolean;
}

export const NOT_HANDLED: Handling = {
  askedLeader: null,
  directed: false,
  assignees: [],
  started: false,
  finished: false,
};

export type HandlingStep =
  | { readonly step: 'submit'; readonly leaderId: string }
  | { readonly step: 'direct' }
  /** All who have it from now on, one of whom leads. */
  | { readonly step: 'assign'; readonly assignees: readonly Assignee[] }
  | { readonly step: 'call-back'; readonly assignee: Pick<Assignee, 'kind' | 'id'> }
  | { readonly step: 'start' }
  | { readonly step: 'finish' }
  /** `told`: the sender has been told that it is finished, and will be told that it is not. */
  | { readonly step: 'reopen'; readonly told: boolean };
export type HandlingStepName = HandlingStep['step'];

const openStages = handlingStages.filter((stage) => stage !== 'finished');
/** Before somebody has it, a leader is asked; afterwards the thread is the place for questions. */
const beforeAssignment: readonly HandlingStage[] = ['registered', 'submitted', 'directed'];
const allowedFrom: Readonly<Record<HandlingStepName, readonly HandlingStage[]>> = {
  submit: beforeAssignment,
  direct: beforeAssignment,
  assign: openStages,
  'call-back': openStages,
  start: ['registered', 'directed', 'assigned'],
  finish: openStages,
  reopen: ['finished'],
};

export function stageOf({ askedLeader, directed, assignees, started, finished }: Handling): HandlingStage {
  if (finished) return 'finished';
  if (started) return 'in-progress';
  if (assignees.some(({ part }) => part === 'lead')) return 'assigned';
  if (askedLeader !== null) return 'submitted';
  return directed ? 'directed' : 'registered';
}

export function allowsHandlingStep(stage: HandlingStage, step: HandlingStepName): boolean {
  return allowedFrom[step].includes(stage);
}

export type HandlingRefusal = 'WRONG_STATE' | 'ONE_LEAD' | 'ASSIGNED_TWICE' | 'NOT_ASSIGNED';

/** Why the step cannot be taken; null when it can. */
export function handlingRefusal(handling: Handling, step: HandlingStep): HandlingRefusal | null {
  if (!allowsHandlingStep(stageOf(handling), step.step)) return 'WRONG_STATE';
  if (step.step === 'assign') {
    const { assignees } = step;
    if (assignees.filter(({ part }) => part === 'lead').length !== 1) return 'ONE_LEAD';
    if (new Set(assignees.map(assigneeKey)).size !== assignees.length) return 'ASSIGNED_TWICE';
  }
  if (step.step === 'call-back' && !handling.assignees.some((one) => isSameAssignee(one, step.assignee))) {
    return 'NOT_ASSIGNED';
  }
  return null;
}

/** The handling after the step, which must not be refused. */
export function handlingAfter(handling: Handling, step: HandlingStep): Handling {
  switch (step.step) {
    case 'submit':
      return { ...handling, askedLeader: step.leaderId };
    case 'direct':
      return { ...handling, askedLeader: null, directed: true };
    case 'assign':
      // Whoever assigns has decided: nobody is asked any more.
      return { ...handling, askedLeader: null, assignees: step.assignees };
    case 'call-back': {
      const called = handling.assignees.find((one) => isSameAssignee(one, step.assignee));
      const assignees = handling.assignees.filter((one) => one !== called);
      // With its lead the work goes back; who helps or knows keeps it.
      return { ...handling, assignees, started: handling.started && called?.part !== 'lead' };
    }
    case 'start':
      return { ...handling, started: true };
    case 'finish':
      return { ...handling, finished: true };
    case 'reopen':
      // As it was; but what the sender hears is "in progress".
      return {
        ...handling,
        finished: false,
        askedLeader: step.told ? null : handling.askedLeader,
        started: handling.started || step.told,
      };
  }
}

export function assigneeKey({ kind, id }: Pick<Assignee, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

export function isSameAssignee(one: Pick<Assignee, 'kind' | 'id'>, other: Pick<Assignee, 'kind' | 'id'>): boolean {
  return one.kind === other.kind && one.id === other.id;
}

/** The word that a document is finished. */
export const FINISH_STATUS: ExchangeStatusCode = '06';

/** What is taken out of the outbox when it is undone before it left: that it is finished, and answers to a recall. */
const REVOCABLE_CODES: readonly (string | null)[] = [FINISH_STATUS, ...Object.values(statusOfRecallAnswer)];
export const isRevocableStatus = (code: string | null): boolean => REVOCABLE_CODES.includes(code);

/** Statuses (edXML StatusCode) that tell the sender of the handling: phân công, đang xử lý, hoàn thành. */
const HANDLING_CODES: readonly string[] = ['04', '05', FINISH_STATUS];
export const isOfHandling = (code: string | null): boolean => code !== null && HANDLING_CODES.includes(code);

/**
 * The status that a step makes true, null when the sender has it already. Each goes once; only what corrects a "finished"
 * goes again, and what finishes after such a correction. After a refusal (02) there is nothing to tell.
 * @param told codes of the statuses that were sent or wait to be sent, in their order
 */
export function statusOfStep(step: HandlingStep, told: readonly string[]): ExchangeStatusCode | null {
  if (told.includes('02')) return null;
  const last = told.findLast(isOfHandling) ?? null;
  switch (step.step) {
    case 'assign':
      return last === null ? '04' : null;
    case 'start':
      return last === null || last === '04' ? '05' : null;
    case 'finish':
      return last === '06' ? null : '06';
    case 'reopen':
      return step.told ? '05' : null;
    case 'submit':
    case 'direct':
    case 'call-back':
      return null;
  }
}

/** What somebody who did not hear of the steps must be told, of a document that is at `stage`. */
export function statusesOfStage(stage: HandlingStage): readonly ExchangeStatusCode[] {
  switch (stage) {
    case 'registered':
    case 'submitted':
    case 'directed':
      return [];
    case 'assigned':
      return ['04'];
    case 'in-progress':
      return ['05'];
    case 'finished':
      return ['06'];
  }
}

/** Whose word an entry of the thread is, on the phiếu giải quyết văn bản đến (NĐ 30/2020, Phụ lục IV). */
export const remarkVoices = ['agency-leader', 'unit-leader', 'officer'] as const;
export type RemarkVoice = (typeof remarkVoices)[number];

/** What an entry of the thread came with. */
export const remarkKinds = [
  'submission',
  'opinion',
  'assignment',
  'call-back',
  'remark',
  'outcome',
  'correction',
  'reminder',
] as const;
export type RemarkKind = (typeof remarkKinds)[number];

/** Whoever has a document is reminded of it once in this time, whoever reminds. */
export const REMIND_AGAIN_MS = 4 * 3_600_000;

/** How a document was finished: answered by a letter, without one for a reason, or without a word (an office that keeps no answers). */
export const outcomeKinds = ['letter', 'by-hand', 'no-answer', 'unsaid'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];
