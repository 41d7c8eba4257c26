import type { HandlingStores } from '../handling/handled-document.ts';
import { handlingSheetOf } from '../handling/handling-sheet.ts';
import type { IncomingRecord } from '../incoming/incoming-store.ts';
import type { HandledDocument, HandlingRemark } from './handling-sheet.ts';

type Remarks = ReturnType<typeof handlingSheetOf>['officer'];

/** A document and its handling, as they are printed. */
export function handledDocument(stores: HandlingStores, record: IncomingRecord, now: Date): HandledDocument {
  const sheet = handlingSheetOf(stores, record, now.toISOString());
  const said = (remarks: Remarks): readonly HandlingRemark[] =>
    remarks.map(({ at, speakerName, text }) => ({ at, by: speakerName, text }));
  return {
    fields: record.fields,
    arrivalNumber: sheet.arrivalNumber,
    arrivalSuffix: record.numbered?.suffix ?? '',
    arrivedAt: sheet.arrivedAt,
    dueAt: sheet.dueAt,
    lead: sheet.lead ?? '',
    support: sheet.support,
    agencyLeader: said(sheet.agencyLeader),
    unitLeader: said(sheet.unitLeader),
    officer: said(sheet.officer),
  };
}
