import type { MachineFacts, ShellQuestion } from '#shared/contract/control.ts';
import type { FileTokens } from '../files/file-tokens.ts';
import type { Secrets } from '../security/secrets.ts';

export interface ShellAnswers {
  readonly tokens: FileTokens;
  readonly secrets: Secrets;
  readonly machine: () => MachineFacts;
}

/**
 * What only the shell can tell core: `file-token` → PickedPath or null, `secret-get` → string or null,
 * `secret-set` → true, or false when it could not be kept, `machine` → MachineFacts.
 */
export async function answerQuestion(
  question: ShellQuestion,
  { tokens, secrets, machine }: ShellAnswers,
): Promise<unknown> {
  switch (question.what) {
    case 'file-token':
      return tokens.resolve(question.token);
    case 'secret-get':
      return secrets.get(question.name);
    case 'secret-set':
      return secrets.set(question.name, question.value);
    case 'machine':
      return machine();
  }
}
