import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createRoutingReader } from '../reading/routing-reader.ts';
import { readGatewayConfig } from '../gateways/gateway-config.ts';
import type { NoticeGateway, ReadReport, ReportReceiver } from '../gateways/notice-gateway.ts';
import { openGateways } from '../gateways/open-gateways.ts';
import { openZaloTokenFile } from '../gateways/zalo-token-file.ts';
import { handText } from '../notices/hand-text.ts';
import { type RunningNotices, startNotices } from '../notices/start-notices.ts';
import { takeReport } from '../notices/take-report.ts';
import { buildServer } from '../routes/build-server.ts';
import type { ExchangeServices } from '../routes/exchange-services.ts';
import { makeExchangeKey, openExchangeKey } from '../rules/exchange-key.ts';
import { limitsSchema } from '../rules/limits.ts';
import { Quotas } from '../rules/quotas.ts';
import { requireProxy } from '../rules/secure-transport.ts';
import { openAlarmQueue } from '../storage/alarm-queue.ts';
import { type Database, type DatabaseConnection, openDatabase } from '../storage/database.ts';
import { DeliveryAnnouncer } from '../storage/delivery-announcer.ts';
import { DeliveryListener } from '../storage/delivery-listener.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../storage/embedded-postgres.ts';
import { lockFolder } from '../storage/folder-lock.ts';
import { MessageFiles } from '../storage/message-files.ts';
import { UploadFiles } from '../storage/upload-files.ts';
import { ContactNotes } from '../use-cases/contact-notes.ts';
import { importAgencies } from '../use-cases/import-agencies.ts';
import { InboxNotifier } from '../use-cases/inbox-notifier.ts';
import { PolicyBook } from '../use-cases/policy-book.ts';
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
  /** JSON file of the gateways to people; null = there is none. */
  readonly noticesFile: string | null;
  /** What is to be other than the defaults of rules/limits.ts. @throws z.ZodError when its shape is wrong */
  readonly limits: unknown;
  /** People are told only when `round` of what is started is called: for a clock that is moved by hand. */
  readonly noticesByHand?: boolean;
}

export interface RunningExchange {
  readonly url: string;
  readonly port: number;
  readonly database: Database;
  /** Resolves when the embedded database ended by itself; the exchange cannot go on without it. Never otherwise. */
  readonly databaseLost: Promise<void>;
  /** Tells people what is due by now, and returns what of it failed. */
  round(): Promise<readonly unknown[]>;
  /** Finishes the requests that run, then stops everything. */
  close(): Promise<void>;
}

interface NoticeGateways {
  readonly gateways: readonly NoticeGateway[];
  readonly reportReaders: ReadonlyMap<string, ReadReport>;
  readonly partsPerMonth: (agencyCode: string) => number | null;
}

/** What a province has configured; without a configuration every step ends in a call. */
async function openNoticeGateways(file: string | null, receiver: ReportReceiver): Promise<NoticeGateways> {
  if (file === null) return { gateways: [], reportReaders: new Map(), partsPerMonth: () => null };
  const config = await readGatewayConfig(file, process.env);
  const tokens = config.zalo === null ? null : openZaloTokenFile(config.zalo.tokenFile);
  const { channels, reportReaders } = openGateways(config, tokens, receiver);
  const { default: most, agencies } = config.monthlyParts;
  return {
    gateways: [...channels.values()],
    reportReaders,
    partsPerMonth: (agencyCode) => (agencyCode in agencies ? (agencies[agencyCode] ?? null) : most),
  };
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
    const clock = (): Date => new Date();
    const policies = await PolicyBook.open(database);
    const contacts = new ContactNotes(database, (error) => app.log.warn({ err: error }, 'a contact was not noted'));
    const receiver: ReportReceiver = {
      onReport: async (report) => {
        // A report that comes before the machine runs is asked for again.
        if (notices === null) throw new Error('the exchange is not ready');
        const outcome = await takeReport(notices.parts, report);
        if (outcome === 'unknown') app.log.warn({ gateway: report.gateway }, 'a report for a message that nobody sent');
      },
    };
    const { gateways, reportReaders, partsPerMonth } = await openNoticeGateways(options.noticesFile, receiver);
    let notices: RunningNotices | null = null;
    const services: ExchangeServices = {
      database,
      files,
      reader,
      uploads,
      notifier,
      quotas,
      exchangeId,
      key,
      policies,
      contacts,
      clock,
      reports: { readers: reportReaders, receiver },
      channels: gateways.map(({ channel }) => channel),
      handText: (id, to, text) => handText(gateways, id, to, text),
    };
    const app = buildServer(services, options);
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
    notices = await startNotices({
      database,
      gateways,
      partsPerMonth,
      clock,
      tell: (codes) => notifier.delivered(codes),
      openQueue: options.noticesByHand
        ? null
        : (handlers) => openAlarmQueue(connection, handlers, (level, message) => app.log[level](message)),
      onError: (error, what) => app.log.error({ err: error }, what),
    });
    const running = notices;
    undo.push(() => running.close());
    const url = await app.listen({ host: options.host, port: options.port });
    const { port } = new URL(url);
    const databaseLost = new Promise<void>((lost) => void embedded?.exited.then(lost));
    return { url, port: Number(port), database, databaseLost, round: () => running.round(), close };
  } catch (error) {
    await close();
    throw error;
  }
}
