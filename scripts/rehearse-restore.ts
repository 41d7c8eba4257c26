import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startExchange } from '#exchange/entries/start-exchange.ts';
import { openAdminDatabase } from '#exchange/entries/open-admin-database.ts';
import { MessageFiles } from '#exchange/storage/message-files.ts';
import { beginEpoch } from '#exchange/use-cases/begin-epoch.ts';
import { checkFiles } from '#exchange/use-cases/check-files.ts';
import { runScript } from './lib/run-script.ts';

/**
 * `npm run --silent rehearse:restore -- BACKUP`: does with a copy of an exchange's backup what docs/operations-exchange.md
 * prescribes for a restore, and says whether it would have worked. Neither the backup nor a running exchange is touched.
 * With DATABASE_URL the database is that one: name one that the dump was loaded into for this.
 */
await runScript(async () => {
  const [backup] = parseArgs({ allowPositionals: true }).positionals;
  if (backup === undefined) {
    process.stderr.write('usage: npm run --silent rehearse:restore -- BACKUP-FOLDER\n');
    return 2;
  }
  const databaseUrl = process.env['DATABASE_URL'] ?? null;
  const folder = await mkdtemp(path.join(tmpdir(), 'van-thu-rehearsal-'));
  const say = (step: string, result: string) => process.stdout.write(`${step.padEnd(34)} ${result}\n`);
  try {
    await cp(backup, folder, { recursive: true });
    say('1. the copy is put back', folder);
    const { database, close } = await openAdminDatabase(folder, databaseUrl);
    try {
      const files = await MessageFiles.open(path.join(folder, 'messages'));
      const check = await checkFiles(database, files, true);
      say('2. check-files --deep', `${check.messages} messages, ${check.lost} lost`);
      say('   it goes back to', check.newestAcceptedAt ?? 'nothing was ever accepted');
      for (const id of check.lostIds) say('   lost, asked for again', id);
      say('3. begin-epoch', (await beginEpoch(database)).epoch);
    } finally {
      await close();
    }
    const options = {
      dataFolder: folder,
      databaseUrl,
      host: '127.0.0.1',
      port: 0,
      logLevel: 'warn',
      trustedProxies: [],
      limits: {},
      seedFile: null,
      noticesFile: null,
    };
    const exchange = await startExchange(options);
    const answer = await fetch(`${exchange.url}/v1/health`);
    say('4. the server starts and answers', `status ${answer.status}`);
    await exchange.close();
    return answer.ok ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
