import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { CallInput, CallOutput, QueryName } from '#shared/contract/contract.ts';
import { call } from './api.ts';
import type { CallFailure } from './call-failure.ts';

export function callKey<N extends QueryName>(name: N, input: CallInput<N>): readonly [N, CallInput<N>] {
  return [name, input];
}

interface UseCallOptions<N extends QueryName> {
  /** False: do not ask yet. */
  readonly enabled?: boolean;
  /** Goes on showing the last answer while one for another input is fetched. */
  readonly keepPrevious?: boolean;
  /** Milliseconds until it is asked again by itself, where no event tells of a change; false = not. */
  readonly again?: (answer: CallOutput<N> | undefined) => number | false;
}

/** Asks a query of the contract and keeps the answer fresh: events make it ask again. */
export function useCall<N extends QueryName>(
  name: N,
  input: CallInput<N>,
  options: UseCallOptions<N> = {},
): UseQueryResult<CallOutput<N>, CallFailure> {
  return useQuery<CallOutput<N>, CallFailure>({
    queryKey: callKey(name, input),
    queryFn: () => call(name, input),
    enabled: options.enabled ?? true,
    refetchInterval: ({ state }) => options.again?.(state.data) ?? false,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}
