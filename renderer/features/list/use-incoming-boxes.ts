import { useMemo } from 'react';
import { incomingBoxes, type IncomingBox } from '#shared/domain/incoming-state.ts';
import { useCall } from '../../api/use-call.ts';

/**
 * The boxes that this office has a use for: its people's own once it names people, and what is put aside while there is
 * something. The one that is shown stays.
 */
export function useIncomingBoxes(shown: IncomingBox | null): readonly IncomingBox[] {
  const people = useCall('people.list', {}).data?.people;
  const aside = useCall('office.counts', {}).data?.incoming.aside ?? 0;
  const named = people?.some(({ name, active }) => active && name !== '') === true;
  return useMemo(() => {
    const useful = (box: IncomingBox): boolean => {
      switch (box) {
        case 'mine':
        case 'opinion':
          return named;
        case 'aside':
          return aside > 0;
        default:
          return true;
      }
    };
    return incomingBoxes.filter((box) => box === shown || useful(box));
  }, [named, aside, shown]);
}
