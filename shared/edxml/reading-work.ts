/**
 * What reading a message has cost so far, counted rather than timed, so that a test can say "twice the bytes, at most
 * twice the work" on any machine. A parser that is given none counts into one that nobody looks at.
 */
export class ReadingWork {
  /** Bytes searched, copied, decoded or handed to the XML parser; a byte counts once for each of these. */
  bytes = 0;
  /** Calls of the text decoder and the XML parser: each costs more than the few bytes that it may bring. */
  calls = 0;
}
