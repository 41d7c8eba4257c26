import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { hasDisplay, withVirtualDisplay } from '#scripts/lib/xvfb.ts';
import { resolveRuntime, type RunnableApplication } from '#scripts/stage/application.ts';
import { judgedBy, median, type JudgedPart } from '../measure.ts';
import { filledRegister } from './filled-register.ts';

const RUNS = 7;
const FEW = 1_000;
const START_LIMIT = 1.2;
const KILOBYTES_A_MB = 1_024;

/** From the start of the process to a list that can be used, in the real window: a register of years beside a new one. */
export async function measureStart(documents: number): Promise<JudgedPart> {
  return hasDisplay() ? measure(documents) : withVirtualDisplay(() => measure(documents));
}

async function measure(documents: number): Promise<JudgedPart> {
  await mkdir(path.join(repositoryRoot, 'out'), { recursive: true });
  // Building and staging are done before the clock runs.
  const runtime = await resolveRuntime();
  const few = await filledRegister(FEW);
  const many = await filledRegister(documents);
  try {
    // Their files are copies, which the first start reads whole: it is not counted, and told.
    await start(runtime, few.dataDir);
    const whole = await start(runtime, many.dataDir);
    const times: { few: number[]; many: number[] } = { few: [], many: [] };
    let memory: readonly ProcessMemory[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      times.few.push((await start(runtime, few.dataDir)).ms);
      const started = await start(runtime, many.dataDir);
      times.many.push(started.ms);
      memory = started.memory;
    }
    const ratio = median(times.many) / median(times.few);
    const all = memory.reduce((sum, { mb }) => sum + mb, 0);
    return {
      goals: [judgedBy(`start to usable list beside ${FEW} documents`, ratio, 'lower', START_LIMIT)],
      table: [
        {
          title: `Start until the list's first row is there, ${documents} documents, ${runtime.description}`,
          rows: [
            { kind: 'ours', what: `${documents} documents, closed in order`, value: median(times.many) },
            { kind: 'peer', what: `${FEW} documents`, value: median(times.few) },
            {
              kind: 'part',
              what: `${documents} documents, all of the file read first (after a crash)`,
              value: whole.ms,
            },
          ],
        },
        {
          title: `Memory of all processes once the list is there, ${documents} documents`,
          unit: 'MB',
          rows: [
            { kind: 'ours', what: 'together', value: all },
            ...memory.map(({ name, mb }) => ({ kind: 'part' as const, what: name, value: mb })),
          ],
        },
      ],
    };
  } finally {
    await few.remove();
    await many.remove();
  }
}

interface ProcessMemory {
  readonly name: string;
  /** Working set. */
  readonly mb: number;
}

/** Milliseconds until the first row, and what is held then. Closing is not counted. */
async function start(
  { electronPath, launchArguments }: RunnableApplication,
  dataDir: string,
): Promise<{ readonly ms: number; readonly memory: readonly ProcessMemory[] }> {
  const began = performance.now();
  const app = await _electron.launch({
    executablePath: electronPath,
    args: [...launchArguments, `--data-dir=${dataDir}`],
  });
  try {
    const page = await app.firstWindow();
    const row = page.getByRole('row').or(page.getByRole('option'));
    await row
      .filter({ hasText: /\d\/\p{Lu}+-\p{Lu}+/u })
      .first()
      .waitFor();
    return { ms: performance.now() - began, memory: await memoryOf(app) };
  } finally {
    await app.close();
  }
}

async function memoryOf(app: ElectronApplication): Promise<readonly ProcessMemory[]> {
  const found = await app.evaluate(({ app: inside }) =>
    inside.getAppMetrics().map(({ type, name, memory }) => ({ name: name ?? type, kb: memory.workingSetSize })),
  );
  return found.map(({ name, kb }) => ({ name, mb: kb / KILOBYTES_A_MB }));
}
