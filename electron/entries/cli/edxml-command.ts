import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { MAX_MESSAGE_BYTES } from '#shared/wire/messages.ts';
import { unzipSingleEntry } from '#reader/unzip-single-entry.ts';
import { UsageError } from './failures.ts';
import { printFields, printJson, readInput, refuseExtra } from './input-file.ts';

export async function edxmlCommand([action, ...args]: string[]): Promise<number> {
  if (action !== 'read') throw new UsageError('edxml knows one action: read; see: vanthu help');
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  refuseExtra(positionals, 1);
  const message = readEdxml(await readInput(positionals[0], MAX_MESSAGE_BYTES), { unzipSingle: unzipSingleEntry });
  const shown =
    message.kind === 'status'
      ? message
      : {
          ...message,
          // The bytes themselves would drown the rest; their hash says which they are.
          attachments: message.attachments.map(({ bytes, ...attachment }) => ({
            ...attachment,
            size: bytes.length,
            sha256: createHash('sha256').update(bytes).digest('hex'),
          })),
        };
  if (values.json) printJson(shown);
  else printFields(Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, flat(value)])));
  return 0;
}

const flat = (value: unknown): unknown => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value);
