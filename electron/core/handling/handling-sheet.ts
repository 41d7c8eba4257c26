import type { HandlingSheet } from '#shared/contract/incoming.ts';
import type { AssignmentPart, RemarkVoice } from '#shared/domain/handling.ts';
import { isIncomingSettled } from '#shared/domain/incoming-state.ts';
import type { IncomingRecord } from '../incoming/incoming-store.ts';
import { handlingDetail, type HandlingStores } from './handled-document.ts';

/** All that stands on the phiếu giải quyết of a document; `now` is an instant. */
export function handlingSheetOf(stores: HandlingStores, record: IncomingRecord, now: string): HandlingSheet {
  const { assignments, remarks, stage, finishedAt, outcome } = handlingDetail(stores, record, now);
  const { agencyName, codeText, date, documentType, abstract, dueAt } = record.fields;
  const names = (part: AssignmentPart) => assignments.filter((one) => one.part === part).map(({ name }) => name);
  const lead = assignments.find(({ part }) => part === 'lead');
  const said = (voice: RemarkVoice) => remarks.filter((remark) => remark.voice === voice && remark.kind !== 'reminder');
  return {
    id: record.id,
    agencyName,
    codeText,
    date,
    documentType,
    abstract,
    arrivedAt: record.arrivedAt,
    arrivalNumber: record.numbered?.number ?? null,
    year: record.numbered?.year ?? null,
    settled: isIncomingSettled(record.state),
    dueAt: lead?.dueAt ?? dueAt,
    lead: lead?.name ?? null,
    support: names('support'),
    inform: names('inform'),
    agencyLeader: said('agency-leader'),
    unitLeader: said('unit-leader'),
    officer: said('officer'),
    stage,
    finishedAt,
    outcome,
  };
}
