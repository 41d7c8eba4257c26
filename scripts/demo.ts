import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createDemoWorld, demoOffices, sampleLetter } from './demo/demo-world.ts';
import { prepareOffice } from './demo/prepare-office.ts';
import { repositoryRoot } from './lib/repository.ts';
import { resolveRuntime } from './stage/application.ts';

/** Waits at the second office, so that there is something to register. */
const invitation = path.join(repositoryRoot, 'resources/demo/letters/giay-moi-hop-chuyen-doi-so.pdf');

/** Opens the two demonstration offices on the screen and keeps the exchange running until both are closed. */
export async function runDemo(): Promise<number> {
  const { electronPath, launchArguments } = await resolveRuntime();
  const world = await createDemoWorld(path.join(repositoryRoot, 'out/demo'));
  const windows: ChildProcess[] = [];
  try {
    const receiver = await prepareOffice(world.dataDir('receiver'), await world.setUpOf('receiver'));
    await receiver.close();
    const sender = await prepareOffice(world.dataDir('sender'), await world.setUpOf('sender'));
    await sender.sendLetter(invitation, [demoOffices.receiver.code], world.password);
    await sender.close();
    for (const office of ['receiver', 'sender'] as const) {
      windows.push(
        spawn(electronPath, [...launchArguments, '--demo', `--data-dir=${world.dataDir(office)}`], {
          stdio: 'inherit',
        }),
      );
    }
    process.stdout.write(
      [
        `Two offices are open: ${demoOffices.sender.name} and ${demoOffices.receiver.name}.`,
        `In the first press Ctrl+N and choose ${path.relative(process.cwd(), sampleLetter)}.`,
        `The password of every demonstration certificate is ${world.password}.`,
        'Close both windows to end the demonstration.',
        '',
      ].join('\n'),
    );
    await Promise.all(windows.map((window) => once(window, 'exit')));
    return 0;
  } finally {
    for (const window of windows) window.kill();
    await world.close();
  }
}
