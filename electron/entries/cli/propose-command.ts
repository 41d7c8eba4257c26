import { parseArgs } from 'node:util';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { MAX_PDF_BYTES } from '#pdf/limits.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { printFields, printJson, readInput, readPasswordVariable, refuseExtra } from './input-file.ts';

export async function proposeCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, 'pdf-password-env': { type: 'string' } },
  });
  refuseExtra(positionals, 1);
  const password = readPasswordVariable(values['pdf-password-env']);
  const proposal = proposeFields(await readPdfText(await readInput(positionals[0], MAX_PDF_BYTES), { password }));
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
