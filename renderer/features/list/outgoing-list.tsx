import { useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingRow } from '#shared/contract/outgoing.ts';
import {
  isOutgoingSettled,
  outgoingBoxes,
  outgoingBoxRules,
  wasIssued,
  type OutgoingBox,
} from '#shared/domain/outgoing-state.ts';
import { call } from '../../api/api.ts';
import { callKey, useCall } from '../../api/use-call.ts';
import { Tag } from '../../components/tag.tsx';
import { LimitedTag } from '../access/limited-tag.tsx';
import { useNavigation } from '../navigation/navigation.tsx';
import { BegunLetters } from '../outgoing/begun-letters.tsx';
import { SignSeveralDialog } from '../outgoing/sign-several/sign-several-dialog.tsx';
import type { SeveralStep } from '../outgoing/sign-several/use-sign-several.ts';
import { useUnfinishedLetters } from '../outgoing/unsaved-letters.ts';
import { BoxList, type BoxListPlace, type RowsWanted } from './box-list.tsx';
import type { ListLook } from './list-look.ts';
import { DueTag, MeetingTag, UrgencyTag } from './urgency-tags.tsx';
import { useOutgoingMenu } from './use-outgoing-menu.ts';
import { useHeldOrder } from './use-held-order.ts';
import { OpenedBar, OpenedToday, WaitingTags } from './waiting-rows.tsx';

export function OutgoingList(place: BoxListPlace<OutgoingBox>) {
  const { t } = useTranslation();
  const { box } = place;
  const counts = useCall('office.counts', {}).data?.outgoing;
  const look = useOutgoingLook(box);
  const { go } = useNavigation();
  const [signing, setSigning] = useState<{ step: SeveralStep; rows: readonly OutgoingRow[] } | null>(null);
  const menu = useOutgoingMenu(place, (step, rows) => setSigning({ step, rows }));
  const { inOrder, movement, sortAgain } = useHeldOrder('outgoing.list');
  const ask = useCallback(
    (wanted: RowsWanted) => {
      const input = { box, ...wanted };
      const fetch = () => call('outgoing.list', input);
      // What waits changes under the clerk's eyes all day; beyond the first page she does not see it.
      const held = box === 'waiting' && wanted.after === undefined;
      return {
        key: callKey('outgoing.list', input),
        fetch: held
          ? async () => inOrder(JSON.stringify([wanted.text, wanted.sort, wanted.filter]), await fetch())
          : fetch,
      };
    },
    [box, inOrder],
  );
  const change =
    movement.opened > 0 ? t('list.reordered', { count: movement.opened }) : movement.moved ? t('list.moved') : null;
  return (
    <>
      <BoxList
        place={place}
        look={look}
        boxes={outgoingBoxes}
        boxName={(each) => t(`list.outgoing.${each}`)}
        boxesLabel={t('list.boxesOutgoing')}
        counts={counts}
        empty={{ title: t(`list.emptyOutgoing.${box}.title`), text: t(`list.emptyOutgoing.${box}.text`) }}
        ask={ask}
        states={outgoingBoxRules[box].states.map((state) => ({ state, name: t(`list.state.${state}`) }))}
        menu={menu}
        change={box === 'waiting' && change !== null ? { text: change, act: sortAgain } : null}
        head={
          box === 'drafts' ? (
            <BegunLetters onGoOn={(begunKey) => go({ screen: 'new-outgoing', file: null, begunKey })} />
          ) : null
        }
        foot={box === 'waiting' ? <OpenedToday onOpen={place.onOpen} selectedId={place.selectedId} /> : null}
      />
      {signing !== null && <SignSeveralDialog {...signing} onClose={() => setSigning(null)} />}
    </>
  );
}

function useOutgoingLook(box: OutgoingBox): ListLook<OutgoingRow> {
  const { t } = useTranslation();
  const { changedDrafts } = useUnfinishedLetters();
  return useMemo(
    () => ({
      direction: 'outgoing',
      codeWidth: 160,
      who: (row) => t('list.recipients', { count: row.recipients.total + row.inside + row.onPaper }),
      isUnread: () => false,
      hasTags: () => true,
      tags: (row, brief) =>
        box === 'waiting' ? (
          <WaitingTags row={row} brief={brief} />
        ) : (
          <OutgoingTags row={row} brief={brief} isBegun={changedDrafts.includes(row.id)} />
        ),
      ...(box === 'waiting' ? { foot: (row: OutgoingRow) => <OpenedBar row={row} /> } : {}),
      tagsHeader: t('list.column.state'),
      tagsWidth: 290,
      at: (row) => (box === 'waiting' ? (row.sentAt ?? row.changedAt) : row.changedAt),
      atHeader: t('list.column.changed'),
      rowName: (row) => `${row.codeText}, ${row.hidden ? t('access.hidden') : row.abstract}`,
      before: [],
      after: [
        {
          id: 'recipients',
          header: t('list.column.recipients'),
          width: 90,
          soft: true,
          end: true,
          cell: (row) => row.recipients.total + row.inside + row.onPaper,
        },
      ],
    }),
    [t, box, changedDrafts],
  );
}

interface OutgoingTagsProps {
  readonly row: OutgoingRow;
  readonly brief: boolean;
  /** It has changes that are not saved. */
  readonly isBegun: boolean;
}

function OutgoingTags({ row, brief, isBegun }: OutgoingTagsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {isBegun ? <Tag tone="warn">{t('list.begun')}</Tag> : null}
      <UrgencyTag urgency={row.urgency} brief={brief} />
      {row.sentBack && row.state === 'draft' ? <Tag tone="warn">{t('list.sentBack')}</Tag> : null}
      <StateTag row={row} />
      {row.meetingAt === null ? null : <MeetingTag meetingAt={row.meetingAt} />}
      {row.hidden ? null : <LimitedTag document={row} />}
      <PaperTag row={row} />
      {row.dueAt === null ? null : <DueTag dueAt={row.dueAt} settled={isOutgoingSettled(row.state)} brief={brief} />}
    </>
  );
}

/** Paper is still to be posted. */
function PaperTag({ row: { paperToPost } }: { readonly row: OutgoingRow }): ReactNode {
  const { t } = useTranslation();
  return paperToPost === 0 ? null : <Tag tone="warn">{t('paper.listToPost', { count: paperToPost })}</Tag>;
}

function StateTag({ row }: { readonly row: OutgoingRow }): ReactNode {
  const { t } = useTranslation();
  if (!wasIssued(row.state)) {
    if (row.state === 'cancelled' && row.reason !== null) {
      return <Tag tone="warn">{t('list.cancelledFor', { reason: row.reason })}</Tag>;
    }
    return <Tag>{t(`list.state.${row.state}`)}</Tag>;
  }
  const { total, accepted, refused, blocked } = row.recipients;
  if (refused + blocked > 0) {
    return (
      <>
        {refused > 0 ? <Tag tone="warn">{t('list.refused', { count: refused })}</Tag> : null}
        {blocked > 0 ? <Tag tone="urgent">{t('list.blocked', { count: blocked })}</Tag> : null}
      </>
    );
  }
  if (row.state === 'sent' && total === 0)
    return <Tag>{t(row.inside > 0 ? 'list.insideOnly' : 'list.onPaperOnly')}</Tag>;
  if (row.state === 'queued') return <Tag>{t('list.state.queued')}</Tag>;
  if (accepted === total) return <Tag tone="good">{t('list.allAccepted')}</Tag>;
  return <Tag>{t('list.accepted', { accepted, total })}</Tag>;
}
