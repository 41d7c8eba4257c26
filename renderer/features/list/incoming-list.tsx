import { useCallback, useMemo } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { IncomingRow } from '#shared/contract/incoming.ts';
import {
  incomingBoxRules,
  isIncomingSettled,
  numberedIncomingBoxes,
  type IncomingBox,
} from '#shared/domain/incoming-state.ts';
import { call } from '../../api/api.ts';
import { callKey, useCall } from '../../api/use-call.ts';
import { Tag } from '../../components/tag.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { LimitedTag } from '../access/limited-tag.tsx';
import { useBegunRegistrations } from '../incoming/unsaved-registrations.ts';
import { BoxList, type BoxListPlace, type RowsWanted } from './box-list.tsx';
import { columnFieldsOf } from './column-fields.ts';
import type { ListColumn } from './document-list.tsx';
import type { ListLook } from './list-look.ts';
import { DueTag, MeetingTag, UrgencyTag } from './urgency-tags.tsx';
import { sourceIcons } from '../incoming/source-icons.ts';
import { TakeInBar } from '../incoming/take-in-bar.tsx';
import { useIncomingMenu } from './use-incoming-menu.ts';
import { useIncomingBoxes } from './use-incoming-boxes.ts';
import { useArrivals } from './use-arrivals.ts';

export function IncomingList(place: BoxListPlace<IncomingBox>) {
  const { t } = useTranslation();
  const { box } = place;
  const counts = useCall('office.counts', {}).data?.incoming;
  const arrivals = useArrivals(box);
  const boxes = useIncomingBoxes(box);
  const look = useIncomingLook(box);
  const menu = useIncomingMenu(place);
  const ask = useCallback(
    (wanted: RowsWanted) => {
      const input = { box, ...wanted };
      return { key: callKey('incoming.list', input), fetch: () => call('incoming.list', input) };
    },
    [box],
  );
  return (
    <BoxList
      place={place}
      look={look}
      boxes={boxes}
      boxName={(each) => t(`list.incoming.${each}`)}
      boxesLabel={t('list.boxesIncoming')}
      counts={counts}
      empty={{ title: t(`list.emptyIncoming.${box}.title`), text: t(`list.emptyIncoming.${box}.text`) }}
      ask={ask}
      states={incomingBoxRules[box].states.map((state) => ({ state, name: t(`incoming.pane.states.${state}`) }))}
      menu={menu}
      head={box === 'to-register' ? <TakeInBar /> : null}
      heldBackIds={arrivals.ids}
      onReveal={arrivals.reveal}
    />
  );
}

const codeWidth = columnFieldsOf('incoming').find(({ name }) => name === 'codeText')?.width ?? 0;

function useIncomingLook(box: IncomingBox): ListLook<IncomingRow> {
  const { t, i18n } = useTranslation();
  const begun = useBegunRegistrations();
  return useMemo(
    () => ({
      direction: 'incoming',
      codeWidth,
      who: (row) => row.agencyName,
      isUnread: (row) => !row.opened,
      hasTags: (row) => begun.includes(row.id) || hasTags(row),
      tags: (row, brief) => <IncomingTags row={row} brief={brief} isBegun={begun.includes(row.id)} />,
      tagsHeader: t('list.column.needs'),
      tagsWidth: 240,
      at: (row) => row.arrivedAt,
      atHeader: t('list.column.arrived'),
      rowName: (row) =>
        row.hidden ? `${row.codeText}, ${t('access.hidden')}` : `${row.codeText}, ${row.agencyName}, ${row.abstract}`,
      before: numberedIncomingBoxes.includes(box) ? [arrivalNumberColumn(t, i18n.language)] : [],
      after: [],
    }),
    [box, t, i18n.language, begun],
  );
}

function arrivalNumberColumn(t: TFunction, language: string): ListColumn<IncomingRow> {
  return {
    id: 'number',
    header: t('list.column.arrivalNumber'),
    width: 80,
    end: true,
    cell: (row) => (row.arrivalNumber === null ? '' : formatNumber(row.arrivalNumber, language)),
  };
}

const quietVerdicts: readonly (string | null)[] = ['VALID', null];

function hasTags(row: IncomingRow): boolean {
  return (
    (row.limited && !row.hidden) ||
    row.urgency !== 'normal' ||
    row.dueAt !== null ||
    row.meetingAt !== null ||
    row.paper === 'expected' ||
    row.source !== 'exchange' ||
    row.state === 'returned' ||
    row.recall !== null ||
    row.arrivalNumber !== null ||
    !quietVerdicts.includes(row.verdict)
  );
}

interface IncomingTagsProps {
  readonly row: IncomingRow;
  readonly brief: boolean;
  /** Its registration was begun and not finished. */
  readonly isBegun: boolean;
}

function IncomingTags({ row, brief, isBegun }: IncomingTagsProps) {
  const { t, i18n } = useTranslation();
  const settled = isIncomingSettled(row.state);
  return (
    <>
      {isBegun ? <Tag tone="warn">{t('list.begun')}</Tag> : null}
      {/* The table has a column for it. */}
      {brief || row.arrivalNumber === null ? null : (
        <Tag>{t('list.arrivalNumber', { number: formatNumber(row.arrivalNumber, i18n.language) })}</Tag>
      )}
      <UrgencyTag urgency={row.urgency} expressAt={row.expressAt} settled={settled || row.opened} brief={brief} />
      {row.meetingAt === null ? null : <MeetingTag meetingAt={row.meetingAt} />}
      {row.dueAt === null ? null : <DueTag dueAt={row.dueAt} settled={settled} brief={brief} />}
      {row.recall === null ? null : (
        <Tag tone={row.recall === 'asked' ? 'warn' : 'plain'}>{t(`list.recall.${row.recall}`)}</Tag>
      )}
      {row.state === 'returned' && (row.recall === null || row.recall === 'asks') ? (
        <Tag>{t(row.source === 'exchange' ? 'list.returned' : 'list.discarded')}</Tag>
      ) : null}
      {row.source === 'exchange' ? null : (
        <Tag icon={sourceIcons[row.source]}>{t(`incoming.lane.source.${row.source}`)}</Tag>
      )}
      {row.hidden ? null : <LimitedTag document={row} />}
      <VerdictTag verdict={row.verdict} />
      {row.paper === 'expected' ? <Tag>{t('common.paper.expected')}</Tag> : null}
    </>
  );
}

/** Says nothing of a good signature: only what needs a look is worth the room. */
function VerdictTag({ verdict }: { readonly verdict: string | null }) {
  const { t } = useTranslation();
  if (verdict === 'INVALID') {
    return (
      <Tag tone="urgent" icon="shield-cross">
        {t('list.verdict.invalid')}
      </Tag>
    );
  }
  if (verdict === 'WARN') {
    return (
      <Tag tone="warn" icon="shield-warn">
        {t('list.verdict.warn')}
      </Tag>
    );
  }
  if (verdict === 'INDET') {
    return (
      <Tag tone="warn" icon="shield-question">
        {t('list.verdict.indet')}
      </Tag>
    );
  }
  return verdict === 'UNSIGNED' ? <Tag>{t('list.verdict.unsigned')}</Tag> : null;
}
