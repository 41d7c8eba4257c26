import type { Answer } from '#shared/contract/define.ts';
import type { Api, CallInput, CallName, CallOutput, SpecOf } from '#shared/contract/contract.ts';
import type { EventName, EventPayload } from '#shared/contract/events.ts';
import type { Bridge } from '#shared/contract/transport.ts';
import type { PickedFile } from '#shared/contract/shell.ts';
import { CallFailure } from './call-failure.ts';

declare global {
  interface Window {
    readonly api: Api;
    readonly bridge: Bridge;
  }
}

export type QueryName = { [N in CallName]: SpecOf<N> extends { readonly kind: 'query' } ? N : never }[CallName];
export type CommandName = Exclude<CallName, QueryName>;
/** What a screen says to a command; its id is added on the way. */
export type CommandInput<N extends CommandName> = Omit<CallInput<N>, 'commandId'>;

type LooseApi = Readonly<Record<string, Readonly<Record<string, (input: unknown) => Promise<Answer<unknown>>>>>>;

/** Calls the processes behind the screen by the call's full name. @throws CallFailure on every answer but success. */
export async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const [feature = '', action = ''] = name.split('.');
  // A name chosen at run time cannot be followed by the types of Api; CallName and CallInput hold the two together.
  const method = (window.api as unknown as LooseApi)[feature]?.[action];
  if (!method) throw new CallFailure({ code: 'UNKNOWN_CALL' });
  const answer = await method(input);
  if (!answer.ok) throw new CallFailure(answer);
  return answer.value as CallOutput<N>;
}

/** Listens to an event until the returned function is called. */
export function onEvent<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
  return window.bridge.on(event, (payload) => listener(payload as EventPayload<E>));
}

/** Tokens for files dropped on the window. @throws CallFailure */
export async function filesFromDrop(files: readonly File[]): Promise<readonly PickedFile[]> {
  const answer = await window.bridge.filesFromDrop(files);
  if (!answer.ok) throw new CallFailure(answer);
  return answer.value.files;
}
