import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { isIncomingSettled } from '#shared/domain/incoming-state.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { usePrintPages } from '../../components/page-view/use-print-pages.tsx';
import { Tabs, type Tab } from '../../components/tabs.tsx';
import { Tag } from '../../components/tag.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { LimitedTag } from '../access/limited-tag.tsx';
import { Attachments } from '../document/attachments.tsx';
import { attachmentsTab } from '../document/attachments-tab.ts';
import { DocumentHeader } from '../document/document-header.tsx';
import { DocumentPages } from '../document/document-pages.tsx';
import { formatStamp } from '../document/format-stamp.ts';
import { HourNote } from '../document/hour-note.tsx';
import { HistoryList } from '../document/history-list.tsx';
import { PaneOpening } from '../document/pane-opening.tsx';
import { useSignedRevision } from '../document/use-signed-revision.ts';
import { AssignDialog } from '../handling/assign-dialog.tsx';
import { HandlingTab } from '../handling/handling-tab.tsx';
import { DueTag, MeetingTag, UrgencyTag } from '../list/urgency-tags.tsx';
import { ChangedNote } from '../relations/changed-note.tsx';
import { TrailAction } from '../trail/trail-action.tsx';
import { RelationsTab, relationsTab } from '../relations/relations-tab.tsx';
import { SignaturePanel } from '../signatures/signature-panel.tsx';
import { VerdictBar } from '../signatures/verdict-bar.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import { isInvitation } from '#shared/domain/meeting.ts';
import { isExpress } from '#shared/domain/urgency.ts';
import { isSealed, SealedPane } from './sealed-pane.tsx';
import { CorrectEditor } from './correct-editor.tsx';
import { ExtensionNote } from './extension-note.tsx';
import { IncomingActions } from './incoming-actions.tsx';
import { IncomingDetails } from './incoming-details.tsx';
import { InvitationPanel } from './invitation-panel.tsx';
import { IncomingRegister } from './incoming-register.tsx';
import { PaperNote } from './paper-note.tsx';
import { RecallNote } from './recall-note.tsx';
import { useArrivalStamp } from './use-arrival-stamp.ts';
import { useSignerDoubts, WarningNotes } from './warning-notes.tsx';
import styles from '../document/document-pane.module.css';

interface RegisterLane {
  /** The form of the book is open. */
  readonly registering: boolean;
  /** Another letter comes after this one. */
  readonly hasNext: boolean;
  readonly onRegister: () => void;
  /** The document has this arrival number. Answers whether another letter opens now. */
  readonly onRegistered: (number: number) => boolean;
  /** "Để sau": what was typed is kept. */
  readonly onLeave: () => void;
}

interface IncomingPaneProps extends RegisterLane {
  readonly id: string;
}

/**
 * One incoming document: its signatures' verdict, its pages, and the next thing to do with it. Registering shows the
 * form of the book beside the page, in the room of list and document together.
 */
export function IncomingPane({ id, ...lane }: IncomingPaneProps) {
  const { t } = useTranslation();
  const detail = useCall('incoming.get', { id });
  // What was shown of it goes as soon as it is not for her.
  if (detail.data === undefined || detail.error?.code === 'LIMITED_DOCUMENT') {
    return <PaneOpening opening={detail} label={t('incoming.pane.loading')} />;
  }
  return <PaneOrRegister key={id} detail={detail.data} {...lane} />;
}

function PaneOrRegister({ detail, registering, ...lane }: RegisterLane & { readonly detail: IncomingDetail }) {
  const sealed = isSealed(detail);
  useMarkOpened(detail, !sealed);
  if (sealed) return <SealedPane detail={detail} />;
  if (registering) {
    const { hasNext, onRegistered, onLeave } = lane;
    return <IncomingRegister id={detail.id} hasNext={hasNext} onDone={onRegistered} onClose={onLeave} />;
  }
  return <Pane detail={detail} onRegister={lane.onRegister} />;
}

type TabId = 'document' | 'handling' | 'relations' | 'details' | 'signatures' | 'history' | 'attachments';

interface PaneProps {
  readonly detail: IncomingDetail;
  readonly onRegister: () => void;
}

function Pane({ detail, onRegister }: PaneProps) {
  const { t } = useTranslation();
  const now = useNow();
  const [tab, setTab] = useState<TabId>('document');
  const [assigning, setAssigning] = useState(false);
  const [correcting, setCorrecting] = useState(false);
  const signed = useSignedRevision(detail.file?.fileId ?? null);
  const doubts = useSignerDoubts(detail.warnings);
  const report = detail.verification;
  const stamp = useArrivalStamp(detail);
  const printing = usePrintPages();
  const { file } = detail;
  useShortcut('Ctrl+P', () => void (file && printing.print(file.fileId, stamp)), file !== null);
  const relations = useCall('relations.of', { id: detail.id }).data?.relations;
  const lead = detail.handling.assignments.find(({ part }) => part === 'lead');

  const showSigned = (index: number): void =>
    void signed.show(index).then((shown) => {
      if (shown) setTab('document');
    });
  const tabs: readonly Tab<TabId>[] = [
    { id: 'document', label: t('incoming.pane.tabs.document') },
    ...(detail.state === 'returned' ? [] : [{ id: 'handling' as const, label: t('handling.tab') }]),
    relationsTab(t, relations),
    { id: 'details', label: t('incoming.pane.tabs.details') },
    { id: 'signatures', label: t('incoming.pane.tabs.signatures') },
    { id: 'history', label: t('incoming.pane.tabs.history') },
    ...attachmentsTab(t, detail.attachments),
  ];

  if (correcting) return <CorrectEditor detail={detail} onClose={() => setCorrecting(false)} />;
  return (
    <section className={styles.pane} aria-label={detail.codeText} data-testid="document-pane">
      <DocumentHeader
        tags={<HeaderTags detail={detail} />}
        title={detail.abstract}
        facts={[
          detail.codeText,
          detail.fields.date === null ? null : t('document.onDay', { date: formatVnDate(detail.fields.date) }),
          detail.agencyName,
          detail.fields.signerName === '' ? null : t('incoming.pane.signedBy', { name: detail.fields.signerName }),
          detail.arrivalNumber === null ? null : t('incoming.pane.arrival', { number: detail.arrivalNumber }),
          lead === undefined ? null : t('handling.leads', { name: lead.name }),
        ]}
        actions={<IncomingActions detail={detail} onRegister={onRegister} onAssign={() => setAssigning(true)} />}
        aside={describeOpening(t, detail, now) ?? describeReport(t, detail, now)}
      />
      {report !== null && (
        <VerdictBar
          report={report}
          doubts={doubts}
          busy={signed.busy}
          onShowSigned={showSigned}
          onDetails={() => setTab('signatures')}
        />
      )}
      {printing.paper}
      <ChangedNote relations={relations} />
      <RecallNote detail={detail} />
      <PaperNote detail={detail} />
      <WarningNotes warnings={detail.warnings} />
      {isIncomingSettled(detail.state) ? null : <HourNote history={detail.history} />}
      <ExtensionNote detail={detail} />
      {isInvitation(detail.fields.documentType) && <InvitationPanel detail={detail} />}
      <Tabs label={t('incoming.pane.tabs.label')} tabs={tabs} selected={tab} onSelect={setTab}>
        {tab === 'document' &&
          (detail.file === null ? (
            <EmptyState icon="file" title={t('incoming.pane.noFileTitle')} text={t('incoming.pane.noFileText')} />
          ) : (
            <DocumentPages file={detail.file} report={report} signed={signed} stamp={stamp} printing={printing} />
          ))}
        {tab === 'handling' && <HandlingTab detail={detail} onAssign={() => setAssigning(true)} />}
        {tab === 'details' && <IncomingDetails detail={detail} onCorrect={() => setCorrecting(true)} />}
        {tab === 'relations' && <RelationsTab id={detail.id} codeText={detail.codeText} />}
        {tab === 'signatures' && (
          <SignaturePanel
            of={{ direction: 'incoming', id: detail.id }}
            report={report}
            busy={signed.busy}
            onShowSigned={showSigned}
          />
        )}
        {tab === 'history' && (
          <>
            <TrailAction id={detail.id} />
            <HistoryList direction="incoming" history={detail.history} />
          </>
        )}
        {tab === 'attachments' && <Attachments files={detail.attachments} />}
      </Tabs>
      {assigning && <AssignDocument detail={detail} onClose={() => setAssigning(false)} />}
    </section>
  );
}

function AssignDocument({ detail, onClose }: { readonly detail: IncomingDetail; readonly onClose: () => void }) {
  const { assignments } = detail.handling;
  const lead = assignments.find(({ part }) => part === 'lead');
  return (
    <AssignDialog
      documents={[detail]}
      agencyName={detail.agencyName}
      now={assignments.map(({ part, kind, id }) => ({ part, kind, id }))}
      dueAt={lead?.dueAt ?? null}
      tells={detail.received !== null && detail.handling.stage !== 'in-progress' && lead === undefined}
      onClose={onClose}
    />
  );
}

function HeaderTags({ detail }: { readonly detail: IncomingDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const settled = isIncomingSettled(detail.state);
  return (
    <>
      <UrgencyTag urgency={detail.urgency} expressAt={detail.expressAt} settled={settled || detail.opened} />
      {detail.meetingAt !== null && <MeetingTag meetingAt={detail.meetingAt} />}
      {detail.dueAt !== null && <DueTag dueAt={detail.dueAt} settled={settled} />}
      {detail.paper === 'expected' && <Tag>{t('common.paper.expected')}</Tag>}
      {detail.openedReport !== null && isExpress(detail.urgency) && (
        <Tag tone="good" icon="check">
          {t('incoming.express.opened', { time: formatStamp(detail.openedReport.at, now) })}
        </Tag>
      )}
      <LimitedTag document={detail} />
      <Tag tone={detail.state === 'done' ? 'good' : detail.state === 'returned' ? 'warn' : 'plain'}>
        {detail.state === 'returned' && detail.recall?.answer != null
          ? t(`incoming.recall.states.${detail.recall.id === detail.id ? 'given-up' : 'answered'}`)
          : t(`incoming.pane.states.${detail.state}`)}
      </Tag>
    </>
  );
}

/** Whether the sender of an express document knows that a person opened it, and what that has spared; null for others. */
function describeOpening(t: TFunction, { urgency, openedReport, watch }: IncomingDetail, now: number): string | null {
  if (!isExpress(urgency) || openedReport === null) return null;
  const { state, at, errorCode } = openedReport;
  if (state === 'waiting') return t('incoming.express.reportWaiting');
  if (state === 'refused') return describeError(t, { code: errorCode ?? '' }).what;
  const stopped = watch?.steps.filter(({ kind, doneAt }) => kind === 'opening' && doneAt === null).length ?? 0;
  const told = t('incoming.express.reported', { time: formatStamp(at, now) });
  return stopped === 0 ? told : `${told} · ${t('incoming.express.stopped', { count: stopped })}`;
}

/** Whether the sender knows that it arrived. */
function describeReport(t: TFunction, detail: IncomingDetail, now: number): string {
  const report = detail.statusesSent.find((status) => status.code === '01');
  if (report === undefined) return t('incoming.pane.arrived', { time: formatDateTime(detail.arrivedAt) });
  if (!report.delivered) return t('incoming.pane.reportWaiting');
  return t('incoming.pane.reported', { time: formatStamp(report.at, now) });
}

/** Others are opened by being shown. */
function useMarkOpened(detail: IncomingDetail, shown: boolean): void {
  const { run } = useCommand('incoming.markOpened');
  const { id, opened } = detail;
  useEffect(() => {
    if (shown && !opened) void run({ id });
  }, [id, opened, run, shown]);
}
