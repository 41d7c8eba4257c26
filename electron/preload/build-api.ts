import type { Answer } from '#shared/contract/define.ts';
import { callNames, callOwners } from '#shared/contract/names.ts';

type Call = (name: string, input: unknown) => Promise<Answer<unknown>>;

/** `window.api`: `outgoing.list` becomes `api.outgoing.list(input)`, sent to the process that owns it. */
export function buildApi(callCore: Call, callMain: Call): Record<string, Record<string, (input: unknown) => unknown>> {
  const api: Record<string, Record<string, (input: unknown) => unknown>> = {};
  for (const name of callNames) {
    const [feature = '', call = ''] = name.split('.');
    const send = callOwners[name] === 'main' ? callMain : callCore;
    (api[feature] ??= {})[call] = (input) => send(name, input);
  }
  return api;
}
