import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { isInvitation } from '#shared/domain/meeting.ts';
import { wasIssued, type OutgoingBox, isOutgoingSettled } from '#shared/domain/outgoing-state.ts';
import { seenAt } from '#shared/domain/watched-delivery.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { Tabs, type Tab } from '../../components/tabs.tsx';
import { Tag } from '../../components/tag.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { Attachments } from '../document/attachments.tsx';
import { attachmentsTab } from '../document/attachments-tab.ts';
import { DocumentHeader } from '../document/document-header.tsx';
import { DocumentPages } from '../document/document-pages.tsx';
import { HourNote } from '../document/hour-note.tsx';
import { HistoryList } from '../document/history-list.tsx';
import { PaneOpening } from '../document/pane-opening.tsx';
import { useSignedRevision } from '../document/use-signed-revision.ts';
import { DueTag, MeetingTag, UrgencyTag } from '../list/urgency-tags.tsx';
import { SignaturePanel } from '../signatures/signature-panel.tsx';
import { VerdictBar } from '../signatures/verdict-bar.tsx';
import { CallsToMake } from './calls-to-make.tsx';
import { Deliveries } from './deliveries.tsx';
import { ExtensionsToAnswer } from './extensions-to-answer.tsx';
import { invitedOf, InvitationReplies } from './invitation-replies.tsx';
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
  /** Goes to where certificates are added. */
  readonly onOpenCertificates: () => void;
}

/** One outgoing document: what it is, the next thing to do with it, its pages, recipients, signatures and history. */
export function OutgoingPane({ id, ...props }: OutgoingPaneProps) {
  const { t } = useTranslation();
  const detail = useCall('outgoing.get', { id });
  if (detail.data === undefined) {
    return <PaneOpening opening={detail} label={t('outgoing.pane.loading')} />;
  }
  return <Pane key={id} {...props} detail={detail.data} />;
}

type TabId = 'document' | 'recipients' | 'replies' | 'signatures' | 'history' | 'attachments';

interface PaneProps extends Omit<OutgoingPaneProps, 'id'> {
  readonly detail: OutgoingDetail;
}

function Pane({ detail, box, onBox, onEdit, onOpenCertificates }: PaneProps) {
  const { t } = useTranslation();
  useFollowBox(detail.state, box, onBox);
  const [chosen, setChosen] = useState<TabId | null>(null);
  const signed = useSignedRevision(detail.file.fileId);
  // Once it has left, where it has got to is what she opens it for.
  const tab = chosen ?? (wasIssued(detail.state) ? 'recipients' : 'document');
  const report = detail.verification;

  const showSigned = (index: number): void =>
    void signed.show(index).then((shown) => {
      if (shown) setChosen('document');
    });
  const tabs: readonly Tab<TabId>[] = [
    { id: 'document', label: t('outgoing.pane.tabs.document') },
    { id: 'recipients', label: t('outgoing.pane.tabs.recipients'), count: detail.recipients.total },
    ...repliesTab(t, detail),
    { id: 'signatures', label: t('outgoing.pane.tabs.signatures') },
    { id: 'history', label: t('outgoing.pane.tabs.history') },
    ...attachmentsTab(t, detail.attachments),
  ];

  return (
    <section className={styles.pane} aria-label={detail.codeText}>
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
        actions={<OutgoingActions detail={detail} onEdit={onEdit} onOpenCertificates={onOpenCertificates} />}
      />
      <QueueLine detail={detail} />
      <CallsToMake detail={detail} />
      <ExtensionsToAnswer detail={detail} />
      {isHourShown(detail) ? <HourNote history={detail.history} /> : null}
      <Tabs label={t('outgoing.pane.tabs.label')} tabs={tabs} selected={tab} onSelect={setChosen}>
        {tab === 'document' && (
          <>
            {report !== null && report.verdict !== 'UNSIGNED' && (
              <VerdictBar
                report={report}
                busy={signed.busy}
                onShowSigned={showSigned}
                onDetails={() => setChosen('signatures')}
              />
            )}
            <DocumentPages file={detail.file} report={report} signed={signed} />
          </>
        )}
        {tab === 'recipients' && <Deliveries detail={detail} />}
        {tab === 'replies' && <InvitationReplies detail={detail} />}
        {tab === 'signatures' && <SignaturePanel report={report} busy={signed.busy} onShowSigned={showSigned} />}
        {tab === 'history' && <HistoryList direction="outgoing" history={detail.history} />}
        {tab === 'attachments' && <Attachments files={detail.attachments} />}
      </Tabs>
    </section>
  );
}

/** While somebody still has to keep the hour. */
function isHourShown({ watched }: OutgoingDetail): boolean {
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
      <Tag tone={tone}>{detail.state === 'sent' ? t('outgoing.pane.sent') : t(`list.state.${detail.state}`)}</Tag>
    </>
  );
}
