/** Which steps lead from which states to which state; the one description that core, SQL and screens ask. */
export interface StateMachine<State extends string, Step extends string> {
  readonly steps: readonly Step[];
  /** The state after `step`, or null when the step is not allowed from `state`. */
  next(state: State, step: Step): State | null;
  allows(state: State, step: Step): boolean;
}

export function stateMachine<State extends string, Step extends string>(
  rules: Readonly<Record<Step, { readonly from: readonly State[]; readonly to: State }>>,
): StateMachine<State, Step> {
  const next = (state: State, step: Step): State | null => (rules[step].from.includes(state) ? rules[step].to : null);
  return {
    steps: Object.keys(rules) as Step[],
    next,
    allows: (state, step) => next(state, step) !== null,
  };
}
