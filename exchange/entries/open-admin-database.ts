import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Database, openDatabase } from '../storage/database.ts';
import { readEmbeddedConnection, startEmbeddedPostgres } from '../storage/embedded-postgres.ts';
import { FolderInUseError, lockFolder } from '../storage/folder-lock.ts';

/** The database of an exchange for administration: of the running server, or started for as long as it is open. */
export async function openAdminDatabase(
  dataFolder: string,
  databaseUrl: string | null,
): Promise<{ readonly database: Database; readonly close: () => Promise<void> }> {
  const onError = (error: Error): void => void process.stderr.write(`database: ${error.message}\n`);
  if (databaseUrl !== null) {
    const database = openDatabase({ connectionString: databaseUrl }, onError);
    await database.migrate();
    return { database, close: () => database.close() };
  }
  const folder = resolve(dataFolder);
  const postgresFolder = join(folder, 'postgres');
  await mkdir(folder, { recursive: true });
  let unlock: () => void;
  try {
    unlock = lockFolder(folder);
  } catch (error) {
    const running = error instanceof FolderInUseError ? await readEmbeddedConnection(postgresFolder) : null;
    if (!running) throw error;
    const database = openDatabase(running, onError);
    return { database, close: () => database.close() };
  }
  try {
    const embedded = await startEmbeddedPostgres(postgresFolder);
    const database = openDatabase(embedded.connection, onError);
    await database.migrate();
    const close = async (): Promise<void> => {
      await database.close();
      await embedded.stop();
      unlock();
    };
    return { database, close };
  } catch (error) {
    unlock();
    throw error;
  }
}
