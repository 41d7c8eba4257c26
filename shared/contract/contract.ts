import type { z } from 'zod';
import { access } from './access.ts';
import { audit } from './audit.ts';
import { backup } from './backup.ts';
import { board } from './board.ts';
import { books } from './books.ts';
import { certificates } from './certificates.ts';
import type { Answer, CallSpec } from './define.ts';
import { directory } from './directory.ts';
import { duty } from './duty.ts';
import { exchange } from './exchange.ts';
import { feedback } from './feedback.ts';
import { forms } from './forms.ts';
import { handling } from './handling.ts';
import { incoming } from './incoming.ts';
import { letters } from './letters.ts';
import { office } from './office.ts';
import { outgoing } from './outgoing.ts';
import { oversight } from './oversight.ts';
import type { MainFeature, Owner } from './owners.ts';
import { people } from './people.ts';
import { relations } from './relations.ts';
import { session } from './session.ts';
import { app, files, settings } from './shell.ts';
import { printing } from './printing.ts';
import type { Topic } from './topics.ts';

/** Every call between the screen and the processes behind it. */
export const contract = {
  app,
  settings,
  files,
  backup,
  office,
  session,
  people,
  books,
  directory,
  certificates,
  exchange,
  duty,
  letters,
  outgoing,
  incoming,
  handling,
  relations,
  board,
  oversight,
  feedback,
  forms,
  printing,
  access,
  audit,
};
export type Contract = typeof contract;

type Join<F, C> = F extends string ? (C extends string ? `${F}.${C}` : never) : never;
export type CallName = { [F in keyof Contract]: Join<F, keyof Contract[F]> }[keyof Contract];

export type SpecOf<N extends CallName> = N extends `${infer F}.${infer C}`
  ? F extends keyof Contract
    ? C extends keyof Contract[F]
      ? Contract[F][C]
      : never
    : never
  : never;

interface AnySpec {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly errors: readonly string[];
}

/** What a caller passes (defaults still open). */
export type CallInput<N extends CallName> = SpecOf<N> extends AnySpec ? z.input<SpecOf<N>['input']> : never;
/** What a handler receives (defaults filled in). */
export type HandlerInput<N extends CallName> = SpecOf<N> extends AnySpec ? z.output<SpecOf<N>['input']> : never;
export type CallOutput<N extends CallName> = SpecOf<N> extends AnySpec ? z.output<SpecOf<N>['output']> : never;
export type CallError<N extends CallName> = SpecOf<N> extends AnySpec ? SpecOf<N>['errors'][number] : never;
export type QueryName = {
  [N in CallName]: SpecOf<N> extends { readonly kind: 'query' } ? N : never;
}[CallName];
export type CommandName = Exclude<CallName, QueryName>;
export type OwnedBy<O extends Owner> = {
  [N in CallName]: N extends `${MainFeature}.${string}` ? ('main' extends O ? N : never) : 'core' extends O ? N : never;
}[CallName];

/** The handlers that main must bring: one missing or left over does not compile. */
export type MainHandlers = {
  readonly [N in OwnedBy<'main'>]: (input: HandlerInput<N>) => CallOutput<N> | Promise<CallOutput<N>>;
};

/** `window.api`, as the renderer sees it. */
export interface Api {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Answer<CallOutput<N>, CallError<N>>>;
}

const specs: ReadonlyMap<string, CallSpec> = new Map(
  Object.entries(contract).flatMap(([feature, calls]) =>
    Object.entries(calls).map(([call, spec]) => [`${feature}.${call}`, spec as CallSpec] as const),
  ),
);

/** Every call by its full name. */
export const callNames = [...specs.keys()] as readonly CallName[];

/** The description of a call; null for a name that is none. */
export function specOf(name: string): CallSpec | null {
  return specs.get(name) ?? null;
}

/** Queries whose answer shows one of the topics. */
export function queriesReading(changed: ReadonlySet<Topic>): QueryName[] {
  return callNames.filter((name) => specOf(name)?.reads.some((topic) => changed.has(topic))) as QueryName[];
}
