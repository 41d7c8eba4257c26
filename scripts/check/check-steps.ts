import { repositoryRoot } from '../lib/repository.ts';
import { runCommand, tool } from '../lib/run-command.ts';
import type { Step } from '../lib/steps.ts';
import { checkImports } from './check-imports.ts';
import { checkStyles } from './check-styles.ts';
import { checkText } from './check-text.ts';
import { repositoryFiles } from './repository-files.ts';

const typeProjects = ['shared', 'electron/core', 'electron', 'renderer', 'exchange', 'tests'] as const;

/** Everything that is checked without running the program, the slowest first. */
export function checkSteps(): readonly Step[] {
  return [
    commandStep('format: prettier', 'prettier', ['--check', '--log-level', 'warn', '.']),
    commandStep('lint: oxlint, type-aware', 'oxlint', ['--type-aware', '--max-warnings', '0', '--format', 'unix']),
    ...typeProjects.map((project) => commandStep(`types: ${project}`, 'tsc', ['-p', project])),
    commandStep('unused files, exports and dependencies: knip', 'knip', ['--no-progress', '--no-config-hints']),
    // An export that only tests use is dead in the product.
    commandStep('the same without tests: knip', 'knip', ['--production', '--no-progress', '--no-config-hints']),
    {
      name: 'imports: the table of docs/architecture.md',
      run: async () => checkImports(repositoryRoot, await repositoryFiles(repositoryRoot)),
    },
    {
      name: 'styles: colours, type and spaces from tokens only',
      run: async () => checkStyles(repositoryRoot, await repositoryFiles(repositoryRoot)),
    },
    {
      name: 'text: lockfile, machine paths, disabled tests, unfinished places',
      run: async () => checkText(repositoryRoot, await repositoryFiles(repositoryRoot)),
    },
  ];
}

function commandStep(name: string, command: string, args: readonly string[]): Step {
  return {
    name,
    async run() {
      const { status, stdout, stderr } = await runCommand(tool(command), args, { env: { NO_COLOR: '1' } });
      if (status === 0) return [];
      return [`${stdout}${stderr}`.trim() || `${command} ended with status ${String(status)} and no output`];
    },
  };
}
