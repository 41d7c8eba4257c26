import type { ShellQuestion } from '#shared/contract/control.ts';
import type { FileTokens } from '../files/file-tokens.ts';
import type { Secrets } from '../security/secrets.ts';

/**
 * What only the shell can tell core: `file-token` → PickedPath or null, `secret-get` → string or null,
 * `secret-set` → true, or false when it could not be kept.
 */
export async function answerQuestion(question: ShellQuestion, tokens: FileTokens, secrets: Secrets): Promise<unknown> {
  switch (question.what) {
    case 'file-token':
      return tokens.resolve(question.token);
    case 'secret-get':
      return secrets.get(question.name);
    case 'secret-set':
      return secrets.set(question.name, question.value);
  }
}
