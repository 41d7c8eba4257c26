import { formatInstantDay } from '#shared/domain/vn-date.ts';
import { useMemo } from 'react';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import type { ArrivalStampText } from '#shared/domain/arrival-stamp.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { useCall } from '../../api/use-call.ts';

/** What the stamp "ĐẾN" says of a document that has its arrival number; null before. */
export function useArrivalStamp({
  arrivalNumber,
  registeredAt,
  arrivedAt,
  source,
  fields,
}: IncomingDetail): ArrivalStampText | null {
  const agency = useCall('office.identity', {}).data?.agency?.name ?? '';
  const { forwardTo } = fields;
  // Paper may be entered later than it came.
  const day = source === 'exchange' ? registeredAt : arrivedAt;
  return useMemo(
    () =>
      arrivalNumber === null || day === null
        ? null
        : {
            agency,
            number: formatNumber(arrivalNumber),
            day: formatInstantDay(day),
            forwardTo,
            fileCode: '',
          },
    [agency, arrivalNumber, day, forwardTo],
  );
}
