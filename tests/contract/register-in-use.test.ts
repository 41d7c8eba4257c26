import fc from 'fast-check';
import { expect, it } from 'vitest';
import { doneSoFar, openPlay, verifyTrail } from '#tests/support/register-model/play.ts';
import { allSteps, leading, machineSteps, peopleSteps, type Step } from '#tests/support/register-model/steps.ts';

/** `PLAY_SECONDS=600` plays on for so long, from another seed with `PROPERTY_SEED=random`. */
const seconds = Number(process.env['PLAY_SECONDS'] ?? 0);
const timeout = 120_000 + seconds * 2_000;

const everyCommand = [
  'books.closeYear',
  'books.dropReserved',
  'books.reopenYear',
  'books.reserve',
  'books.startFrom',
  'handling.assign',
  'handling.reopen',
  'handling.submit',
  'incoming.complete',
  'incoming.register',
  'incoming.registerPaper',
  'incoming.return',
  'outgoing.approve',
  'outgoing.assignNumber',
  'outgoing.cancel',
  'outgoing.create',
  'outgoing.discard',
  'outgoing.reopen',
  'outgoing.restore',
  'outgoing.seal',
  'outgoing.send',
  'outgoing.sign',
  'people.delegate',
  'people.endDelegation',
  'people.removePerson',
  'people.savePerson',
];

interface Size {
  readonly runs: number;
  readonly longest: number;
}

/** Plays sequences of steps, each on an office of its own, and says the shortest one that goes wrong. */
function play(steps: readonly fc.Arbitrary<Step>[], { runs, longest }: Size): Promise<void> {
  const sequences = fc.commands([...steps], { maxCommands: longest, size: 'max' });
  const property = fc.asyncProperty(sequences, async (commands) => {
    const { play: real, model } = await openPlay();
    try {
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await verifyTrail(real);
    } finally {
      await real.close();
    }
  });
  if (seconds === 0) return fc.assert(property, { numRuns: runs });
  return fc.assert(property, {
    numRuns: 1_000_000,
    interruptAfterTimeLimit: seconds * 1_000,
    markInterruptAsFailure: false,
  });
}

it(
  'whatever an office does in whatever order, its books, its trail and its roles stay in order',
  { timeout },
  async () => {
    doneSoFar.clear();
    await play(allSteps, { runs: 6, longest: 250 });
    if (process.env['PROPERTY_SEED'] !== undefined) return;
    // What was never done was not tried.
    expect([...doneSoFar.keys()].toSorted()).toEqual(everyCommand);
  },
);

it(
  'a delegation gives the leader’s word on its days alone, and only while there is a leader who gave it',
  { timeout },
  () =>
    play([...peopleSteps, ...peopleSteps, ...machineSteps, ...leading, ...leading, ...leading], {
      runs: 6,
      longest: 150,
    }),
);
