import type { ActKind } from '../domain/act-kind.ts';
import type { HistoryAction, HistoryParam } from '../domain/history.ts';
import type { CommandName, SpecOf } from './contract.ts';

/** Acts of the trail that are neither an audited command nor an entry of a history. */
export type OtherAct =
  | 'document.seen'
  | 'session.refused'
  | 'people.resetPin'
  | 'backup.made'
  | 'backup.changed'
  | 'register.restored'
  | 'book.exported'
  | 'form.exported'
  | 'audit.exported'
  | 'audit.began';

type AuditOf<N extends CommandName> = SpecOf<N> extends { readonly audit: infer Noted } ? Noted : null;
/** Commands that the contract marks with `audit`. */
export type AuditedCommand = {
  [N in CommandName]: AuditOf<N> extends readonly string[] ? N : never;
}[CommandName];

/** What no document's history tells. */
export type ActApart = AuditedCommand | OtherAct;
/** Everything that the trail can name. */
export type Act = ActApart | HistoryAction;

/** Names of details that no command and no history has. */
type OtherDetail =
  | 'call'
  | 'failures'
  | 'databaseBytes'
  | 'place'
  | 'interval'
  | 'warnAfterDays'
  | 'numbersKnown'
  | 'file'
  | 'form'
  | 'account';
type AuditedDetail = { [N in AuditedCommand]: Extract<AuditOf<N>, readonly string[]>[number] }[AuditedCommand];
/** Every name that a detail of a row has. */
export type Detail = HistoryParam | AuditedDetail | OtherDetail;

/** One missing does not compile. */
const kindOf: { readonly [A in Act]: ActKind } = {
  // Of a document's history, in both directions.
  arrived: 'register',
  'arrived-on-paper': 'register',
  'taken-in': 'register',
  'scan-attached': 'register',
  attached: 'register',
  'joined-to-paper': 'register',
  'received-again': 'register',
  opened: 'between',
  registered: 'register',
  corrected: 'register',
  returned: 'register',
  'paper-received': 'register',
  related: 'register',
  unrelated: 'register',
  created: 'issue',
  edited: 'issue',
  discarded: 'register',
  restored: 'issue',
  approved: 'issue',
  reopened: 'handling',
  'file-replaced': 'issue',
  'sent-back': 'issue',
  numbered: 'issue',
  cancelled: 'issue',
  'drafted-again': 'issue',
  'drafted-from': 'issue',
  'difference-accepted': 'issue',
  'attachment-unsigned': 'issue',
  'difference-corrected': 'issue',
  'line-decided': 'issue',
  signed: 'issue',
  sealed: 'issue',
  queued: 'issue',
  sent: 'issue',
  issued: 'issue',
  'refused-by-exchange': 'between',
  'lost-by-exchange': 'between',
  'recipient-replaced': 'between',
  'recipient-dropped': 'between',
  'sent-again': 'between',
  recalled: 'between',
  'recall-asked': 'between',
  'recall-agreed': 'between',
  'recall-refused': 'between',
  'recall-answer-undone': 'between',
  'status-reported': 'between',
  called: 'between',
  reminded: 'between',
  'extension-asked': 'between',
  'extension-granted': 'between',
  'extension-refused': 'between',
  'hour-changed': 'between',
  'hour-kept': 'between',
  'invitation-answered': 'between',
  'paper-posted': 'between',
  'paper-delivered': 'between',
  'paper-returned': 'between',
  'statement-refused': 'between',
  completed: 'handling',
  answered: 'handling',
  'no-answer-needed': 'handling',
  submitted: 'handling',
  directed: 'handling',
  assigned: 'handling',
  'called-back': 'handling',
  started: 'handling',
  'put-aside': 'handling',
  'taken-back': 'handling',
  'handed-over': 'handling',
  'access.limit': 'limited',
  'access.open': 'limited',
  'document.seen': 'limited',
  'session.signIn': 'signing-in',
  'session.signInByAccount': 'signing-in',
  'session.lock': 'signing-in',
  'session.changePin': 'signing-in',
  'session.refused': 'signing-in',
  'people.saveUnit': 'people',
  'people.savePerson': 'people',
  'people.removeUnit': 'people',
  'people.removePerson': 'people',
  'people.setPin': 'people',
  'people.resetPin': 'people',
  'people.saveSignIn': 'people',
  'people.delegate': 'people',
  'people.endDelegation': 'people',
  'books.saveNotation': 'books',
  'books.removeNotation': 'books',
  'books.create': 'books',
  'books.change': 'books',
  'books.setActive': 'books',
  'books.startFrom': 'books',
  'books.confirmLast': 'books',
  'books.reserve': 'books',
  'books.dropReserved': 'books',
  'books.closeYear': 'books',
  'books.reopenYear': 'books',
  'office.setUp': 'settings',
  'office.savePaperRules': 'settings',
  'exchange.enrol': 'settings',
  'exchange.takeAgain': 'settings',
  'certificates.add': 'settings',
  'certificates.remove': 'settings',
  'directory.saveList': 'settings',
  'directory.removeList': 'settings',
  'duty.save': 'settings',
  'duty.saveHours': 'settings',
  'books.workbook': 'taken-out',
  'books.print': 'taken-out',
  'oversight.workbook': 'taken-out',
  'book.exported': 'taken-out',
  'form.exported': 'taken-out',
  'audit.export': 'taken-out',
  'audit.exported': 'taken-out',
  'audit.verify': 'keeping',
  'audit.began': 'keeping',
  'backup.made': 'keeping',
  'backup.changed': 'keeping',
  'register.restored': 'keeping',
};

/** The acts of a kind, by the names in the trail. */
export function actsOf(kind: ActKind): Act[] {
  return (Object.keys(kindOf) as Act[]).filter((act) => kindOf[act] === kind);
}
