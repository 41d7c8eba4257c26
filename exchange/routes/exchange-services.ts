import type { RoutingReader } from '../reading/routing-reader.ts';
import type { ExchangeIdentity } from '../rules/exchange-key.ts';
import type { Quotas } from '../rules/quotas.ts';
import type { Database } from '../storage/database.ts';
import type { MessageFiles } from '../storage/message-files.ts';
import type { UploadFiles } from '../storage/upload-files.ts';
import type { InboxNotifier } from '../use-cases/inbox-notifier.ts';

/** What routes work with. */
export interface ExchangeServices extends ExchangeIdentity {
  readonly database: Database;
  readonly files: MessageFiles;
  readonly uploads: UploadFiles;
  readonly reader: RoutingReader;
  readonly notifier: InboxNotifier;
  readonly quotas: Quotas;
}
