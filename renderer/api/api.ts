import type { Api, CallInput, CallName, CallOutput, CommandName } from '#shared/contract/contract.ts';
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

/** What a screen says to a command; its id is added on the way. */
export type CommandInput<N extends CommandName> = Omit<CallInput<N>, 'commandId'>;

/** Calls the processes behind the screen by the call's full name. @throws CallFailure on every answer but success. */
export async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await window.api.call(name, input);
  if (!answer.ok) throw new CallFailure(answer);
  return answer.value;
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
