import { parseArgs } from 'node:util';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { MAX_PDF_BYTES } from '#pdf/limits.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { printFields, printJson, readInput, refuseExtra } from './input-file.ts';

export async function proposeCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  refuseExtra(positionals, 1);
  const proposal = proposeFields(await readPdfText(await readInput(positionals[0], MAX_PDF_BYTES)));
  if (values.json) printJson(proposal);
  else {
    const { confidence: _confidence, regions: _regions, numberBlank: _number, dateBlank: _date, ...fields } = proposal;
    printFields({
      ...fields,
      meeting: fields.meeting?.startsAt ?? null,
      signatureAnchor: fields.signatureAnchor !== null,
    });
  }
  return 0;
}
