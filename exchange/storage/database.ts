import pg from 'pg';

export type Database = pg.Pool;
/** Something that can run one statement: the pool itself or a connection inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'>;

/** Opens a pool. `onError` hears of connections that broke while idle; the pool replaces them by itself. */
export function openDatabase(connection: pg.PoolConfig, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    max: 12,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 20_000,
    application_name: 'van-thu-exchange',
    ...connection,
  });
  pool.on('error', onError);
  return pool;
}

/** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
export async function inTransaction<Result>(
  database: Database,
  work: (transaction: Queryable) => Promise<Result>,
): Promise<Result> {
  const client = await database.connect();
  let broken: Error | boolean = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away; the server then rolls back by itself.
    await client
      .query('ROLLBACK')
      .catch((rollbackError: unknown) => (broken = rollbackError instanceof Error ? rollbackError : true));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Whether an error means "the database is not there now" rather than a fault in our statement. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // 08 connection, 53 out of resources, 57P operator intervention (shutdown, crash recovery).
  if (/^(08|53|57P)/.test(code) || /^(ECONN|EPIPE|ENOENT|ETIMEDOUT)/.test(code)) return true;
  return /connection terminated|connection timeout|timeout exceeded when trying to connect/i.test(error.message);
}

/** The row of a statement that always gives one. */
export function onlyRow<Row>(result: { readonly rows: readonly Row[] }): Row {
  const [row] = result.rows;
  if (row === undefined) throw new Error('a statement gave no row where one was certain');
  return row;
}
