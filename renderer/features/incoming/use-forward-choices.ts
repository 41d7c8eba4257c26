import { useCall } from '../../api/use-call.ts';

/** Where letters were forwarded before, those of this agency first. Not asked while the agency is not known. */
export function useForwardChoices(agencyName: string | undefined, options: { readonly keepPrevious?: boolean } = {}) {
  return useCall(
    'incoming.forwardChoices',
    { agencyName: agencyName ?? '' },
    { ...options, enabled: agencyName !== undefined },
  );
}
