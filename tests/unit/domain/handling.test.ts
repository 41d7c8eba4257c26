import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assigneeKey,
  handlingAfter,
  handlingRefusal,
  type Assignee,
  type Handling,
  type HandlingStage,
  type HandlingStep,
  NOT_HANDLED,
  stageOf,
  statusesOfStage,
  statusOfStep,
} from '#shared/domain/handling.ts';
import '#tests/support/seed-properties.ts';

const lead = (id: string): Assignee => ({ part: 'lead', kind: 'person', id });
const support = (id: string): Assignee => ({ part: 'support', kind: 'unit', id });
const inform = (id: string): Assignee => ({ part: 'inform', kind: 'person', id });

function play(...steps: readonly HandlingStep[]): Handling {
  return steps.reduce((handling, step) => {
    expect(handlingRefusal(handling, step)).toBeNull();
    return handlingAfter(handling, step);
  }, NOT_HANDLED);
}

describe('handling', () => {
  it('goes by leader, opinion, assignment and work to its end', () => {
    const steps: readonly HandlingStep[] = [
      { step: 'submit', leaderId: 'l' },
      { step: 'direct' },
      { step: 'assign', assignees: [lead('a'), support('u')] },
      { step: 'start' },
      { step: 'finish' },
    ];
    const stages = steps.map((_, at) => stageOf(play(...steps.slice(0, at + 1))));
    expect(stages).toEqual(['submitted', 'directed', 'assigned', 'in-progress', 'finished']);
  });

  it('goes from the book to its end where the office names nobody', () => {
    expect(stageOf(play({ step: 'finish' }))).toBe('finished');
  });

  it('wants one lead, and nobody twice', () => {
    const assign = (...assignees: Assignee[]) => handlingRefusal(NOT_HANDLED, { step: 'assign', assignees });
    expect(assign(support('u'))).toBe('ONE_LEAD');
    expect(assign()).toBe('ONE_LEAD');
    expect(assign(lead('a'), lead('b'))).toBe('ONE_LEAD');
    expect(assign(lead('a'), inform('a'))).toBe('ASSIGNED_TWICE');
    // A unit and a person are never the same.
    expect(assign(lead('a'), support('a'))).toBeNull();
  });

  it('goes back with its lead, and stays with another', () => {
    const working = play(
      { step: 'submit', leaderId: 'l' },
      { step: 'direct' },
      { step: 'assign', assignees: [lead('a'), support('u')] },
      { step: 'start' },
    );
    const called = (assignee: Assignee) => handlingAfter(working, { step: 'call-back', assignee });
    expect(stageOf(called(support('u')))).toBe('in-progress');
    expect(stageOf(called(lead('a')))).toBe('directed');
    expect(called(lead('a')).assignees).toEqual([support('u')]);
    expect(handlingRefusal(working, { step: 'call-back', assignee: lead('b') })).toBe('NOT_ASSIGNED');
  });

  it('is as it was once finishing is undone, and in progress for a sender that heard of it', () => {
    const assigned = play({ step: 'assign', assignees: [lead('a')] });
    const finished = handlingAfter(assigned, { step: 'finish' });
    expect(handlingAfter(finished, { step: 'reopen', told: false })).toEqual(assigned);
    expect(stageOf(handlingAfter(finished, { step: 'reopen', told: true }))).toBe('in-progress');
  });
});

describe('what the sender is told', () => {
  it('is each step once', () => {
    const assign: HandlingStep = { step: 'assign', assignees: [lead('a')] };
    expect(statusOfStep(assign, ['01', '03'])).toBe('04');
    expect(statusOfStep(assign, ['01', '03', '04'])).toBeNull();
    expect(statusOfStep(assign, ['01', '03', '04', '05'])).toBeNull();
    expect(statusOfStep({ step: 'start' }, ['03', '04'])).toBe('05');
    expect(statusOfStep({ step: 'start' }, ['03', '04', '05'])).toBeNull();
    expect(statusOfStep({ step: 'finish' }, ['03'])).toBe('06');
    expect(statusOfStep({ step: 'finish' }, ['03', '06'])).toBeNull();
  });

  it('is corrected, and finished again', () => {
    expect(statusOfStep({ step: 'reopen', told: true }, ['03', '06'])).toBe('05');
    expect(statusOfStep({ step: 'reopen', told: false }, ['03'])).toBeNull();
    expect(statusOfStep({ step: 'finish' }, ['03', '06', '05'])).toBe('06');
  });

  it('ends with a refusal', () => {
    expect(statusOfStep({ step: 'finish' }, ['01', '02'])).toBeNull();
    expect(statusOfStep({ step: 'reopen', told: true }, ['01', '02'])).toBeNull();
  });

  it('is the last step for one that joins later', () => {
    expect(statusesOfStage('submitted')).toEqual([]);
    expect(statusesOfStage('finished')).toEqual(['06']);
  });
});

/** What people see, without the facts that decide it: a stage, who has it, and the stage to go back to. */
interface Model {
  readonly stage: HandlingStage;
  readonly before: HandlingStage;
  /** The stage without anybody who leads. */
  readonly idle: 'registered' | 'submitted' | 'directed';
  readonly opinion: boolean;
  readonly who: ReadonlyMap<string, Assignee>;
  readonly told: readonly string[];
}

function modelAfter(model: Model, step: HandlingStep): Model {
  const { stage, who } = model;
  const leads = [...who.values()].some(({ part }) => part === 'lead');
  switch (step.step) {
    case 'submit':
      return leads ? model : { ...model, stage: 'submitted', idle: 'submitted' };
    case 'direct':
      return { ...model, stage: 'directed', idle: 'directed', opinion: true };
    case 'assign':
      return {
        ...model,
        stage: stage === 'in-progress' ? stage : 'assigned',
        idle: model.opinion ? 'directed' : 'registered',
        who: new Map(step.assignees.map((one) => [assigneeKey(one), one])),
      };
    case 'call-back': {
      const key = assigneeKey(step.assignee);
      const left = new Map([...who].filter(([one]) => one !== key));
      return { ...model, who: left, stage: who.get(key)?.part === 'lead' ? model.idle : stage };
    }
    case 'start':
      return { ...model, stage: 'in-progress' };
    case 'finish':
      return { ...model, stage: 'finished', before: stage };
    case 'reopen':
      // What had not left was taken back.
      if (!step.told) return { ...model, stage: model.before, told: model.told.slice(0, model.told.lastIndexOf('06')) };
      return { ...model, stage: 'in-progress', idle: model.opinion ? 'directed' : 'registered' };
  }
}

const assignee: fc.Arbitrary<Assignee> = fc.record({
  part: fc.constantFrom('lead', 'support', 'inform'),
  kind: fc.constantFrom('unit', 'person'),
  id: fc.constantFrom('a', 'b', 'c'),
});
const withOneLead = (assignees: readonly Assignee[]): Assignee[] =>
  assignees.map((one, at) => ({ ...one, part: at === 0 ? 'lead' : one.part === 'lead' ? 'support' : one.part }));
const anyStep: fc.Arbitrary<HandlingStep> = fc.oneof(
  fc.record({ step: fc.constant('submit' as const), leaderId: fc.constantFrom('l', 'm') }),
  fc.record({ step: fc.constant('direct' as const) }),
  fc.record({ step: fc.constant('assign' as const), assignees: fc.array(assignee, { maxLength: 3 }) }),
  fc.record({
    step: fc.constant('assign' as const),
    assignees: fc.uniqueArray(assignee, { minLength: 1, maxLength: 4, selector: assigneeKey }).map(withOneLead),
  }),
  fc.record({ step: fc.constant('call-back' as const), assignee }),
  fc.record({ step: fc.constant('start' as const) }),
  fc.record({ step: fc.constant('finish' as const) }),
  fc.record({ step: fc.constant('reopen' as const), told: fc.boolean() }),
);

describe('any steps in any order', () => {
  it('agree with what people see, and tell the sender a story that holds', () => {
    let longest = 0;
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40, size: 'max' }), (steps) => {
        let handling = NOT_HANDLED;
        let model: Model = {
          stage: 'registered',
          before: 'registered',
          idle: 'registered',
          opinion: false,
          who: new Map(),
          told: ['01', '03'],
        };
        let taken = 0;
        for (const step of steps) {
          if (handlingRefusal(handling, step) !== null) continue;
          taken += 1;
          const status = statusOfStep(step, model.told);
          handling = handlingAfter(handling, step);
          model = modelAfter(model, step);
          if (status !== null) model = { ...model, told: [...model.told, status] };
          expect(stageOf(handling)).toBe(model.stage);
          expect(handling.assignees.map(assigneeKey).toSorted()).toEqual([...model.who.keys()].toSorted());
          expect(handling.assignees.filter(({ part }) => part === 'lead').length).toBeLessThanOrEqual(1);
          // Finished here is finished there, and only what was corrected is told again.
          if (model.stage === 'finished') expect(model.told.at(-1)).toBe('06');
          const again = model.told.filter((code, at) => model.told.indexOf(code) !== at && code === '04');
          expect(again).toEqual([]);
        }
        longest = Math.max(longest, taken);
      }),
      { numRuns: 500 },
    );
    // Steps that are all refused would prove nothing.
    expect(longest).toBeGreaterThan(10);
  });
});
