import type { Database } from '../storage/database.ts';
import type { MessageFiles } from '../storage/message-files.ts';
import type { InboxBell } from '../use-cases/inbox-bell.ts';

/** What routes work with. */
export interface ExchangeServices {
  readonly database: Database;
  readonly files: MessageFiles;
  readonly bell: InboxBell;
  readonly exchangeId: string;
}
