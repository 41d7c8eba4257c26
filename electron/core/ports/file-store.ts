import type { MessageSink, MessageSource } from './exchange.ts';

/** A file at rest: its SHA-256 in lower-case hex is its name. */
export interface StoredBytes {
  readonly fileId: string;
  readonly size: number;
}

/** A download in progress. Nothing is visible in the store until `finish`. */
export interface PartialFile extends MessageSink {
  /** Durable and renamed into the store; call it only after the hash was checked. */
  finish(): Promise<StoredBytes>;
  /** Closes it and keeps the bytes for the next attempt. */
  suspend(): Promise<void>;
}

export interface SweepRequest {
  readonly storedBefore: number;
  readonly forgetBefore: number;
  isNeeded(fileId: string): boolean;
}

/** Content-addressed store: temp file, SHA-256, fsync, rename. Storing the same bytes twice stores them once. */
export interface FileStore {
  /** @throws CodedError FILE_UNREADABLE, PDF_EMPTY, PDF_TOO_LARGE (over `maxSize` bytes), DISK_FULL */
  importFile(path: string, maxSize: number): Promise<StoredBytes>;
  /** @throws CodedError DISK_FULL */
  write(bytes: Uint8Array): Promise<StoredBytes>;
  /**
   * Stores bytes without waiting for the disk: they outlive this program, and not yet a power cut. Whoever needs them keeps
   * them in the transaction that names the file, until `flush` has run.
   * @throws CodedError DISK_FULL
   */
  writeUnflushed(bytes: Uint8Array): Promise<StoredBytes>;
  /** Makes such a file durable; one that a power cut took, or left in part, is written anew. @throws CodedError DISK_FULL */
  flush(fileId: string, bytes: Uint8Array): Promise<void>;
  /** Stores what comes in pieces, none of which is kept in memory. @throws CodedError DISK_FULL, and what `pieces` throws */
  writePieces(pieces: AsyncIterable<Uint8Array>): Promise<StoredBytes>;
  /** @throws CodedError FILE_MISSING, FILE_DAMAGED (bytes no longer match their name) */
  read(fileId: string): Promise<Uint8Array>;
  /** Whether the file is in the store; its bytes are not looked at. */
  has(fileId: string): Promise<boolean>;
  /**
   * A file to be read in ranges. Its hash is checked once, here, so that nothing goes out of a file that no longer
   * matches its name.
   * @throws CodedError FILE_MISSING, FILE_DAMAGED
   */
  source(fileId: string): Promise<MessageSource>;
  /** In bytes. @throws CodedError FILE_MISSING */
  size(fileId: string): Promise<number>;
  /** Counts a file that the reading process stored as stored by this one: the row that needs it is about to be written. */
  adopt(fileId: string): Promise<void>;
  /** Forgets a file that nothing refers to, such as a letter that turned out to be secret. */
  discard(fileId: string): Promise<void>;
  /**
   * Puts files aside that were stored before the instant (ms since 1970) and that nothing needs; never one that this
   * process stored, because its row may be about to be written. What was put aside before `forget` is deleted; until then
   * `read` finds it and takes it back.
   */
  sweep(request: SweepRequest): Promise<{ readonly putAside: number; readonly deleted: number }>;
  /** A resumable download of the file that must hash to `fileId`. */
  receive(fileId: string): Promise<PartialFile>;
}
