import type { FaultKind } from './kinds.ts';

/** Something that the product does so that nothing is lost or doubled, and how to take it away from the source. */
export interface Guard {
  readonly title: string;
  /** Each `find` occurs once in its file. */
  readonly edits: readonly { readonly file: string; readonly find: string; readonly replace: string }[];
  /** The faults that it stands against. */
  readonly kinds: readonly FaultKind[];
  readonly count: number;
}

const listInbox = 'electron/core/sync/list-inbox.ts';
/** Letters are on their way between the copy and what puts it back. */
const restores = ['exchange-restored', 'line-cut', 'answers-doubled', 'requests-doubled'] as const;
const fetchMessage = 'electron/core/sync/fetch-message.ts';

export const guards: Readonly<Record<string, Guard>> = {
  'other-sequence': {
    title: 'a position of another sequence is not asked on from',
    edits: [
      {
        file: listInbox,
        find: 'return !page.continues || page.epoch !== at.epoch || page.last < at.seq;',
        replace: 'return page.epoch === at.seq.toString();',
      },
    ],
    kinds: restores,
    count: 40,
  },
  'sent-again': {
    title: 'what the exchange no longer has is sent again',
    edits: [
      {
        file: 'electron/core/sync/check-sent.ts',
        find: 'if (rows.length === 0) return;',
        replace: 'if (rows.length >= 0) return;',
      },
    ],
    kinds: restores,
    count: 40,
  },
  'known-message': {
    title: 'a message that comes again is known by its id and its bytes',
    edits: [
      { file: listInbox, find: 'inbox.takenSha256(item.messageId);', replace: 'null as string | null;' },
      {
        file: 'electron/core/incoming/equal-arrival.ts',
        find: 'if (await isEqual(ctx, arrival, arriving)) return arrival;',
        replace: 'await isEqual(ctx, arrival, arriving);',
      },
    ],
    kinds: restores,
    count: 40,
  },
  'listed-until-taken': {
    title: 'a message stays listed until it is in the register',
    edits: [
      {
        file: fetchMessage,
        find: '  // Two messages may be the same bytes, and so one file.',
        replace: "  ctx.transact('forget', null, ({ stores }) => stores.inbox.remove(message.messageId));",
      },
    ],
    kinds: ['office-killed', 'downloads-broken', 'crash-point'],
    count: 15,
  },
  'sent-with-receipt': {
    title: 'a letter counts as sent only with its receipt',
    edits: [
      {
        file: 'electron/core/sync/push-outbox.ts',
        find: '...row, ...nextAttempt(ctx, row.attempts, outcome) }',
        replace: "...row, state: 'done' }",
      },
    ],
    kinds: ['requests-swallowed', 'line-cut'],
    count: 12,
  },
  'lost-is-told': {
    title: 'the exchange says of a message that its file is gone',
    edits: [
      {
        file: 'exchange/use-cases/find-message.ts',
        find: 'if (await files.isWhole(found.file, doubted)) return found.file;',
        replace: 'if ((await files.isWhole(found.file, doubted)) || found.addressed) return found.file;',
      },
    ],
    kinds: ['file-lost'],
    count: 4,
  },
  'damaged-is-told': {
    title: 'the exchange looks itself when its bytes are doubted',
    edits: [
      {
        file: 'exchange/use-cases/find-message.ts',
        find: 'files.isWhole(found.file, doubted)',
        replace: 'files.isWhole(found.file, doubted && !found.addressed)',
      },
    ],
    kinds: ['file-damaged'],
    count: 4,
  },
  'hash-of-what-came': {
    title: 'bytes are taken in only with the hash that the exchange names',
    edits: [
      {
        file: 'electron/network/download-message.ts',
        find: 'if ((await sink.sha256()) === item.sha256) return',
        replace: "if ((await sink.sha256()) !== '') return",
      },
    ],
    kinds: ['file-damaged'],
    count: 4,
  },
  'uploads-go-on': {
    title: 'a large message goes in pieces, and on where it stopped',
    edits: [
      {
        file: 'electron/network/exchange-gateway.ts',
        find: 'source.size <= pace.largestAtOnce() ?',
        replace: 'source.size > 0 ?',
      },
      { file: 'electron/network/exchange-gateway.ts', find: "if (isSmaller) return 'too-large';", replace: '' },
    ],
    kinds: ['line-breaks-every-megabyte', 'line-cut'],
    count: 24,
  },
  'own-name': {
    title: 'nobody speaks for another agency',
    edits: [
      {
        file: 'exchange/rules/receipt.ts',
        find: 'if (normaliseAgencyCode(from) === agencyCode) return;',
        replace: 'if (from !== agencyCode.slice(100)) return;',
      },
      {
        file: fetchMessage,
        find: '  const message = await ctx.reader.readMessage(fileId);',
        replace:
          '  const message = await ctx.reader.readMessage(fileId);\n  item = { ...item, from: message.from.organId };',
      },
    ],
    kinds: ['hostile-agency'],
    count: 40,
  },
};
