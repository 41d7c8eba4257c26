import type { ReadReport, ReportReceiver } from '../gateways/notice-gateway.ts';
import type { RoutingReader } from '../reading/routing-reader.ts';
import type { ExchangeIdentity } from '../rules/exchange-key.ts';
import type { Quotas } from '../rules/quotas.ts';
import type { Database } from '../storage/database.ts';
import type { MessageFiles } from '../storage/message-files.ts';
import type { UploadFiles } from '../storage/upload-files.ts';
import type { ContactNotes } from '../use-cases/contact-notes.ts';
import type { DutyServices } from '../use-cases/duty.ts';
import type { InboxNotifier } from '../use-cases/inbox-notifier.ts';
import type { PolicyBook } from '../use-cases/policy-book.ts';

/** What routes work with. */
export interface ExchangeServices extends ExchangeIdentity, Pick<DutyServices, 'channels' | 'handText'> {
  readonly database: Database;
  readonly files: MessageFiles;
  readonly uploads: UploadFiles;
  readonly reader: RoutingReader;
  readonly notifier: InboxNotifier;
  readonly quotas: Quotas;
  readonly policies: PolicyBook;
  readonly contacts: ContactNotes;
  readonly clock: () => Date;
  /** What providers say became of messages to people. */
  readonly reports: { readonly readers: ReadonlyMap<string, ReadReport>; readonly receiver: ReportReceiver };
}
