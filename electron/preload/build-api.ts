import type { Answer } from '#shared/contract/define.ts';
import { ownerOf } from '#shared/contract/owners.ts';

type Call = (name: string, input: unknown) => Promise<Answer<unknown>>;

/**
 * `window.api`: sends a call to the process that owns it. Whether the name is a call's, the input right and the caller
 * allowed, is judged there.
 */
export function buildApi(
  callCore: Call,
  callMain: Call,
): { readonly call: (name: unknown, input: unknown) => unknown } {
  return {
    call: (name, input) => {
      const text = String(name);
      return ownerOf(text) === 'main' ? callMain(text, input) : callCore(text, input);
    },
  };
}
