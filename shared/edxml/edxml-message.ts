/**
 * The two messages of QCVN 102:2016/BTTTT (amended by SĐ1:2022) as plain data. Texts are '' when absent, dates are ISO
 * `yyyy-MM-dd`, times ISO with `+07:00`. There is no element for secrecy: a document marked Mật, Tối mật or Tuyệt mật
 * must never reach this module (QĐ 28/2018/QĐ-TTg excludes them from electronic exchange).
 */

/** An agency as sender or receiver (From, To). */
export interface EdxmlOrgan {
  /** Mã định danh, see shared/wire agencyCodeSchema. */
  readonly organId: string;
  /** Name of the managing body (cơ quan chủ quản). */
  readonly organizationInCharge: string;
  readonly organName: string;
  readonly organAdd: string;
  readonly email: string;
  readonly telephone: string;
  readonly fax: string;
  readonly website: string;
}

/** An agency of which no more than code and name is known. */
export function organ(organId: string, organName: string): EdxmlOrgan {
  return { organId, organName, organizationInCharge: '', organAdd: '', email: '', telephone: '', fax: '', website: '' };
}

/** The document that this one answers (phúc đáp), or that a status is about. `code` is the whole "7816/VPCP-TTĐT". */
export interface EdxmlReference {
  readonly organId: string;
  readonly code: string;
  readonly promulgationDate: string | null;
  readonly documentId: string;
}

export interface EdxmlStaff {
  readonly department: string;
  readonly staff: string;
  readonly mobile: string;
  readonly email: string;
}

/** BussinessDocType: 0 new (mới), 1 recall (thu hồi), 2 update (cập nhật), 3 replacement (thay thế). */
export interface EdxmlBusiness {
  readonly docType: number;
  readonly reason: string;
  /** Id of the document that is updated; '' for a new one. */
  readonly documentId: string;
  readonly documentInfoUpdated: boolean | null;
  readonly receiversUpdated: boolean | null;
  readonly receivers: readonly { readonly organId: string; readonly receiverType: string }[];
  readonly staff: EdxmlStaff | null;
  /** Whether a paper copy follows; null when not said. */
  readonly paper: boolean | null;
  readonly replacements: readonly { readonly documentId: string; readonly organIds: readonly string[] }[];
}

export interface EdxmlTrace {
  /** null when the relay wrote no id or the text "null". */
  readonly organId: string | null;
  readonly timestamp: string | null;
}

export interface EdxmlAttachment {
  /** Joins the manifest to the bytes; without the "cid:" prefix. */
  readonly contentId: string;
  readonly name: string;
  readonly contentType: string;
  readonly description: string;
  readonly bytes: Uint8Array;
}

/** Hours that the standard's days leave open, as ISO with `+07:00`. */
export interface EdxmlTiming {
  /** Hour of the deadline, on the day of `dueDate`. */
  readonly dueAt: string | null;
  /** The hour by which a document that is express with fixed hour (hỏa tốc hẹn giờ) must be there. */
  readonly expressAt: string | null;
}

/** The meeting that an invitation (giấy mời) asks to; instants as ISO with `+07:00`, texts '' when not said. */
export interface EdxmlMeeting {
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly place: string;
  /** Chủ trì. */
  readonly chair: string;
  readonly link: string;
  /** Tài liệu mang theo. */
  readonly papers: string;
}

/** What a sender says: the input of the writer and the heart of what the reader returns. */
export interface EdxmlDocumentContent {
  readonly from: EdxmlOrgan;
  readonly to: readonly EdxmlOrgan[];
  /** Opaque; ours has the form of `formatDocumentId`. */
  readonly documentId: string;
  readonly codeNumber: string;
  readonly codeNotation: string;
  readonly promulgationPlace: string;
  readonly promulgationDate: string | null;
  readonly documentType: {
    readonly type: number | null;
    readonly typeDetail: number | null;
    /** The only reliable value: senders disagree about the numbers. */
    readonly typeName: string;
  };
  /** Trích yếu. */
  readonly subject: string;
  readonly content: string;
  readonly signer: { readonly competence: string; readonly position: string; readonly fullName: string };
  /** Hạn trả lời. */
  readonly dueDate: string | null;
  /** What the standard has no element for (`EDXML_EXTENSION_NAMESPACE`); null when the message does not say it. */
  readonly timing: EdxmlTiming | null;
  /** Likewise. */
  readonly meeting: EdxmlMeeting | null;
  /** Nơi nhận, one entry per line. */
  readonly toPlaces: readonly string[];
  readonly otherInfo: {
    /** 0 to 4, see urgencyRank in shared/domain/urgency.ts. */
    readonly priority: number | null;
    readonly sphereOfPromulgation: string;
    readonly typerNotation: string;
    readonly promulgationAmount: number | null;
    readonly pageAmount: number | null;
    readonly appendixes: readonly string[];
  };
  readonly responseFor: readonly EdxmlReference[];
  /** 0 not steering, 1 steering (chỉ đạo), 2 report on steering. */
  readonly steeringType: number | null;
  readonly trace: readonly EdxmlTrace[];
  readonly business: EdxmlBusiness | null;
  readonly attachments: readonly EdxmlAttachment[];
}

/** A document of which nothing is said yet. */
export const blankDocument: EdxmlDocumentContent = {
  from: organ('', ''),
  to: [],
  documentId: '',
  codeNumber: '',
  codeNotation: '',
  promulgationPlace: '',
  promulgationDate: null,
  documentType: { type: null, typeDetail: null, typeName: '' },
  subject: '',
  content: '',
  signer: { competence: '', position: '', fullName: '' },
  dueDate: null,
  timing: null,
  meeting: null,
  toPlaces: [],
  otherInfo: {
    priority: null,
    sphereOfPromulgation: '',
    typerNotation: '',
    promulgationAmount: null,
    pageAmount: null,
    appendixes: [],
  },
  responseFor: [],
  steeringType: null,
  trace: [],
  business: null,
  attachments: [],
};

export interface EdxmlStatusContent {
  /** The agency that reports. */
  readonly from: EdxmlOrgan;
  readonly responseFor: EdxmlReference;
  readonly staff: EdxmlStaff;
  /** Two digits, see shared/domain/exchange-status.ts. */
  readonly statusCode: string;
  readonly description: string;
  readonly timestamp: string | null;
}

/** Defects that were tolerated; `field` names the element or the attachment. */
export type EdxmlWarningCode =
  | 'FOREIGN_NAMESPACE'
  | 'FIELD_MISSING'
  | 'FIELD_UNREADABLE'
  | 'RESPONSE_FOR_MISPLACED'
  | 'ATTACHMENT_MISSING'
  | 'ATTACHMENT_UNLISTED'
  | 'ATTACHMENT_ZIPPED'
  | 'ATTACHMENT_UNZIP_FAILED'
  | 'ATTACHMENT_PDF_CORRUPTED';

export interface EdxmlWarning {
  readonly code: EdxmlWarningCode;
  readonly field: string;
}

export interface EdxmlDocument extends EdxmlDocumentContent {
  readonly kind: 'document';
  /** The envelope's own Signature is decorative in practice (dummy SHA-1 values); the PDF signature counts. */
  readonly envelopeSignature: 'absent' | 'present-not-verifiable';
  readonly warnings: readonly EdxmlWarning[];
}

export interface EdxmlStatus extends EdxmlStatusContent {
  readonly kind: 'status';
  readonly warnings: readonly EdxmlWarning[];
}
