/** What this installation says of itself when something does not work. Nothing of it leaves the office as it is. */
export interface Diagnostics {
  readonly sqliteVersion: string;
  readonly schemaVersion: number;
  /** Null when the file cannot be looked at. */
  databaseBytes(): number | null;
  /** The newest lines of the log of each process, oldest first: anything may stand in them. */
  logLines(count: number): { readonly core: readonly string[]; readonly main: readonly string[] };
}
