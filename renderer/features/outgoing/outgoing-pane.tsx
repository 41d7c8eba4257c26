import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { isInvitation } from '#shared/domain/meeting.ts';
import { wasIssued, type OutgoingBox, isOutgoingSettled } from '#shared/domain/outgoing-state.ts';
import { isSamePerson } from '#shared/domain/person-name.ts';
import { seenAt } from '#shared/domain/watched-delivery.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { usePrintPages } from '../../components/page-view/use-print-pages.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { Tabs, type Tab } from '../../components/tabs.tsx';
import { Tag } from '../../components/tag.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { LimitedTag } from '../access/limited-tag.tsx';
import { Attachments, type AttachedFile } from '../document/attachments.tsx';
import { attachmentsTab } from '../document/attachments-tab.ts';
import { DocumentHeader } from '../document/document-header.tsx';
import { DocumentPages } from '../document/document-pages.tsx';
import { HourNote } from '../document/hour-note.tsx';
import { HistoryList } from '../document/history-list.tsx';
import { PaneOpening } from '../document/pane-opening.tsx';
import { useSignedRevision } from '../document/use-signed-revision.ts';
import { DueTag, MeetingTag, UrgencyTag } from '../list/urgency-tags.tsx';
import { ChangedNote } from '../relations/changed-note.tsx';
import { TrailAction } from '../trail/trail-action.tsx';
import { RelationsTab, relationsTab } from '../relations/relations-tab.tsx';
import { SignaturePanel } from '../signatures/signature-panel.tsx';
import { VerdictBar } from '../signatures/verdict-bar.tsx';
import { CallsToMake } from './calls-to-make.tsx';
import { Deliveries } from './deliveries.tsx';
import { ExtensionsToAnswer } from './extensions-to-answer.tsx';
import { invitedOf, InvitationReplies } from './invitation-replies.tsx';
import { LetterLinks } from './letter-links.tsx';
import { MendedNote, originalOf } from './mended-note.tsx';
import { OutgoingActions } from './outgoing-actions.tsx';
import { QueueLine } from './queue-line.tsx';
import { useFollowBox } from './use-follow-box.ts';
import styles from '../document/document-pane.module.css';

interface OutgoingPaneProps {
  readonly id: string;
  /** The box listed beside the document. */
  readonly box: OutgoingBox;
  /** A step has moved the document to this box. */
  readonly onBox: (box: OutgoingBox) => void;
  /** Opens the form of this draft. */
  readonly onEdit: (id: string) => void;
  /** Opens the last look before what cannot be undone. */
  readonly onIssue: (id: string) => void;
}

/** One outgoing document: what it is, the next thing to do with it, its pages, recipients, signatures and history. */
export function OutgoingPane({ id, ...props }: OutgoingPaneProps) {
  const { t } = useTranslation();
  const detail = useCall('outgoing.get', { id });
  // What was shown of it goes as soon as it is not for her.
  if (detail.data === undefined || detail.error?.code === 'LIMITED_DOCUMENT') {
    return <PaneOpening opening={detail} label={t('outgoing.pane.loading')} />;
  }
  return <Pane key={id} {...props} detail={detail.data} />;
}

type TabId = 'document' | 'recipients' | 'relations' | 'replies' | 'signatures' | 'history' | 'attachments';

interface PaneProps extends Omit<OutgoingPaneProps, 'id'> {
  readonly detail: OutgoingDetail;
}

function Pane({ detail, box, onBox, onEdit, onIssue }: PaneProps) {
  const { t } = useTranslation();
  useFollowBox(detail.state, box, onBox);
  const [chosen, setChosen] = useState<TabId | null>(null);
  const signed = useSignedRevision(detail.file.fileId);
  // Once it has left, where it has got to is what she opens it for.
  const tab = chosen ?? (wasIssued(detail.state) ? 'recipients' : 'document');
  const report = detail.verification;
  const relations = useCall('relations.of', { id: detail.id }).data?.relations;
  const printing = usePrintPages();
  useShortcut('Ctrl+P', () => void printing.print(detail.file.fileId, null));

  const showSigned = (index: number): void =>
    void signed.show(index).then((shown) => {
      if (shown) setChosen('document');
    });
  const tabs: readonly Tab<TabId>[] = [
    { id: 'document', label: t('outgoing.pane.tabs.document') },
    {
      id: 'recipients',
      label: t('outgoing.pane.tabs.recipients'),
      count: detail.recipients.total + detail.otherRecipients.length,
    },
    ...repliesTab(t, detail),
    relationsTab(t, relations),
    { id: 'signatures', label: t('outgoing.pane.tabs.signatures') },
    { id: 'history', label: t('outgoing.pane.tabs.history') },
    ...attachmentsTab(t, filesOf(t, detail)),
  ];

  return (
    <section className={styles.pane} data-testid="document-pane" aria-label={detail.codeText}>
      <DocumentHeader
        tags={<HeaderTags detail={detail} />}
        title={detail.abstract}
        facts={[
          detail.numbered ? detail.codeText : `${detail.codeText} (${t('outgoing.pane.notNumbered')})`,
          detail.documentType,
          detail.fields.date === null ? null : t('document.onDay', { date: formatVnDate(detail.fields.date) }),
          t('outgoing.pane.signedBy', { name: detail.fields.signerName }),
          detail.sentAt === null ? null : t('outgoing.pane.issued', { time: formatDateTime(detail.sentAt) }),
        ]}
        actions={<OutgoingActions detail={detail} onEdit={onEdit} onIssue={onIssue} />}
      />
      {printing.paper}
      <LetterLinks detail={detail} />
      {isBeforeNumber(detail.state) && (
        <MendedNote mended={detail.mended} onOriginal={() => setChosen('attachments')} />
      )}
      <ChangedNote relations={relations} history={detail.history} />
      <QueueLine detail={detail} />
      <CallsToMake detail={detail} />
      <ExtensionsToAnswer detail={detail} />
      {isHourShown(detail) ? <HourNote history={detail.history} isTold={detail.watched.length > 0} /> : null}
      <Tabs label={t('outgoing.pane.tabs.label')} tabs={tabs} selected={tab} onSelect={setChosen}>
        {tab === 'document' && (
          <>
            {report !== null && report.verdict !== 'UNSIGNED' && (
              <VerdictBar
                report={report}
                doubts={isSignedByOther(detail) ? [t('incoming.warnings.codes.SIGNER_NAME_DIFFERS')] : []}
                busy={signed.busy}
                onShowSigned={showSigned}
                onDetails={() => setChosen('signatures')}
              />
            )}
            <DocumentPages file={detail.file} report={report} signed={signed} printing={printing} />
          </>
        )}
        {tab === 'recipients' && <Deliveries detail={detail} />}
        {tab === 'replies' && <InvitationReplies detail={detail} />}
        {tab === 'relations' && <RelationsTab id={detail.id} codeText={detail.codeText} />}
        {tab === 'signatures' && (
          <SignaturePanel
            of={{ direction: 'outgoing', id: detail.id }}
            report={report}
            busy={signed.busy}
            onShowSigned={showSigned}
          />
        )}
        {tab === 'history' && (
          <>
            <TrailAction id={detail.id} />
            <HistoryList direction="outgoing" history={detail.history} />
          </>
        )}
        {tab === 'attachments' && <Attachments files={filesOf(t, detail)} />}
      </Tabs>
    </section>
  );
}

/** What goes with the letter, and after it its original and the files that were the letter's before, each with its own. */
function filesOf(
  t: TFunction,
  { file: current, mended: own, attachments, replacedFiles }: OutgoingDetail,
): readonly AttachedFile[] {
  const before = replacedFiles.flatMap(({ replacedAt, mended, ...file }) => {
    const named = {
      ...file,
      name: t('outgoing.files.before', { name: file.name, time: formatDateTime(replacedAt) }),
    };
    return [named, ...originalOf(t, named, mended)];
  });
  return [
    ...attachments.flatMap((file) => [file, ...originalOf(t, file, file.mended)]),
    ...originalOf(t, current, own),
    ...before,
  ];
}

const isBeforeNumber = (state: OutgoingDetail['state']): boolean => state === 'draft' || state === 'approved';

/** None of those who signed is the one whom the letter names. */
function isSignedByOther({ fields, verification }: OutgoingDetail): boolean {
  const persons = (verification?.signatures ?? []).filter(({ role }) => role === 'person');
  return persons.length > 0 && !persons.some(({ signerName }) => isSamePerson(fields.signerName, signerName));
}

/** While somebody still has to keep the hour. */
function isHourShown({ state, watched }: OutgoingDetail): boolean {
  if (watched.length === 0) return wasIssued(state);
  return watched.some(({ delivery }) => seenAt(delivery) === null);
}

/** Of an invitation that has left, with how many have answered. */
function repliesTab(t: TFunction, detail: OutgoingDetail): readonly Tab<'replies'>[] {
  if (!wasIssued(detail.state) || !isInvitation(detail.fields.documentType)) return [];
  const count = invitedOf(detail).filter(({ reply }) => reply !== null).length;
  return [{ id: 'replies', label: t('outgoing.pane.tabs.replies'), count }];
}

function HeaderTags({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const tone = detail.state === 'sent' ? 'good' : detail.state === 'cancelled' ? 'warn' : 'plain';
  return (
    <>
      <UrgencyTag
        urgency={detail.urgency}
        expressAt={detail.fields.expressAt}
        settled={isOutgoingSettled(detail.state)}
      />
      {detail.meetingAt !== null && <MeetingTag meetingAt={detail.meetingAt} />}
      {detail.dueAt !== null && <DueTag dueAt={detail.dueAt} settled={isOutgoingSettled(detail.state)} />}
      <LimitedTag document={detail} />
      <Tag tone={tone}>
        {detail.state !== 'sent'
          ? t(`list.state.${detail.state}`)
          : t(detail.recipients.total === 0 ? 'outgoing.pane.issuedHere' : 'outgoing.pane.sent')}
      </Tag>
    </>
  );
}
