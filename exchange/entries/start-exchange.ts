import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createRoutingReader } from '../reading/routing-reader.ts';
import { buildServer } from '../routes/build-server.ts';
import { makeExchangeKey, openExchangeKey } from '../rules/exchange-key.ts';
import { limitsSchema } from '../rules/limits.ts';
import { Quotas } from '../rules/quotas.ts';
import { requireProxy } from '../rules/secure-transport.ts';
import { type Database, type DatabaseConnection, openDatabase } from '../storage/database.ts';
import { DeliveryAnnouncer } from '../storage/delivery-announcer.ts';
import { DeliveryListener } from '../storage/delivery-listener.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../storage/embedded-postgres.ts';
import { lockFolder } from '../storage/folder-lock.ts';
import { MessageFiles } from '../storage/message-files.ts';
import { UploadFiles } from '../storage/upload-files.ts';
import { importAgencies } from '../use-cases/import-agencies.ts';
import { InboxNotifier } from '../use-cases/inbox-notifier.ts';
import { removeExpiredUploads } from '../use-cases/open-upload.ts';

/** Requests that run when the exchange is told to stop may take this long; silent connections then end too. */
const CLOSE_GRACE_MS = 5_000;
/** Between two looks for uploads that nobody went on with. */
const UPLOAD_SWEEP_MS = 60 * 60 * 1000;

export interface ExchangeOptions {
  /** Message files, and the database unless `databaseUrl` is given. */
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  /** Another than this machine's own address only with a `trustedProxies`. */
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly logLevel: string;
  /** Addresses or networks of the TLS proxies that may say where a request came from. */
  readonly trustedProxies: readonly string[];
  /** JSON file of agencies to import at start; repeating it changes nothing. */
  readonly seedFile: string | null;
  /** What is to be other than the defaults of rules/limits.ts. @throws z.ZodError when its shape is wrong */
  readonly limits: unknown;
}

export interface RunningExchange {
  readonly url: string;
  readonly port: number;
  readonly database: Database;
  /** Resolves when the embedded database ended by itself; the exchange cannot go on without it. Never otherwise. */
  readonly databaseLost: Promise<void>;
  /** Finishes the requests that run, then stops everything. */
  close(): Promise<void>;
}

/** Starts a whole exchange. Whatever was started is stopped again when a later step fails. */
export async function startExchange(options: ExchangeOptions): Promise<RunningExchange> {
  requireProxy(options.host, options.trustedProxies);
  const folder = resolve(options.dataFolder);
  await mkdir(folder, { recursive: true });
  const undo: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    let embedded: EmbeddedPostgres | null = null;
    let connection: DatabaseConnection = { connectionString: options.databaseUrl ?? '' };
    if (options.databaseUrl === null) {
      undo.push(lockFolder(folder));
      embedded = await startEmbeddedPostgres(join(folder, 'postgres'));
      undo.push(() => embedded?.stop());
      connection = embedded.connection;
    }
    const onDatabaseError = (error: Error): void => app?.log.warn({ err: error }, 'database connection lost');
    const database = openDatabase(connection, onDatabaseError);
    undo.push(() => database.close());
    await database.migrate();
    if (options.seedFile !== null) await importAgencies(database, JSON.parse(await readFile(options.seedFile, 'utf8')));

    const serverId = randomUUID();
    const announcer = new DeliveryAnnouncer((codes) => database.inbox.wake(codes, serverId), onDatabaseError);
    const notifier = new InboxNotifier((codes) => announcer.announce(codes));
    undo.push(() => announcer.close());
    const quotas = new Quotas(limitsSchema.parse(options.limits));
    const exchangeId = await database.enrolment.exchangeId();
    const key = await openExchangeKey(await database.enrolment.exchangeKey(await makeExchangeKey()));
    const files = await MessageFiles.open(join(folder, 'messages'));
    const reader = createRoutingReader();
    undo.push(() => reader.close());
    const uploads = await UploadFiles.open(join(folder, 'messages', 'uploads'));
    await removeExpiredUploads(uploads, new Date());
    const app = buildServer({ database, files, reader, uploads, notifier, quotas, exchangeId, key }, options);
    const sweep = setInterval(() => {
      removeExpiredUploads(uploads, new Date()).catch((error: unknown) =>
        app.log.error({ err: error }, 'expired uploads were not removed'),
      );
    }, UPLOAD_SWEEP_MS);
    undo.push(() => clearInterval(sweep));
    undo.push(async () => {
      const force = setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS);
      await app.close();
      clearTimeout(force);
    });
    const listener = new DeliveryListener(connection, serverId, {
      onDelivery: (agencyCode) => notifier.notify(agencyCode),
      onGap: () => notifier.notifyAll(),
      onError: onDatabaseError,
    });
    listener.start();
    undo.push(async () => {
      notifier.close();
      await listener.close();
    });
    const url = await app.listen({ host: options.host, port: options.port });
    const { port } = new URL(url);
    const databaseLost = new Promise<void>((lost) => void embedded?.exited.then(lost));
    return { url, port: Number(port), database, databaseLost, close };
  } catch (error) {
    await close();
    throw error;
  }
}
