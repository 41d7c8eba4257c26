import type { z } from 'zod';
import type { Answer } from './define.ts';
import { incoming } from './incoming.ts';
import { letters } from './letters.ts';
import { books, certificates, directory, exchange, office } from './office.ts';
import { outgoing } from './outgoing.ts';
import { app, files, settings } from './shell.ts';

/** Every call between the screen and the processes behind it. */
export const contract = {
  app,
  settings,
  files,
  office,
  books,
  directory,
  certificates,
  exchange,
  letters,
  outgoing,
  incoming,
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
  readonly owner: string;
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
export type OwnedBy<O extends 'core' | 'main'> = {
  [N in CallName]: SpecOf<N> extends { readonly owner: O } ? N : never;
}[CallName];

/** The handlers a process must bring: one missing or left over does not compile. */
export type Handlers<O extends 'core' | 'main'> = {
  readonly [N in OwnedBy<O>]: (input: HandlerInput<N>) => CallOutput<N> | Promise<CallOutput<N>>;
};

/** `window.api`, as the renderer sees it. */
export type Api = {
  readonly [F in keyof Contract]: {
    readonly [C in keyof Contract[F]]: (
      input: CallInput<Join<F, C> & CallName>,
    ) => Promise<Answer<CallOutput<Join<F, C> & CallName>, CallError<Join<F, C> & CallName>>>;
  };
};
