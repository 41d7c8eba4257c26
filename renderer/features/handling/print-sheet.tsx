import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { usePrintPages } from '../../components/page-view/use-print-pages.tsx';

/** Prints the phiếu giải quyết of a document, with lines for what nobody has said yet. */
export function PrintSheet({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const make = useCommand('printing.handlingSheet');
  const printing = usePrintPages();
  const run = async (): Promise<void> => {
    const made = await make.run({ id });
    if (made.ok) await printing.print(made.value.file.fileId, null);
  };
  return (
    <>
      <Button icon="print" busy={make.busy || printing.busy} onClick={() => void run()}>
        {t('handling.actions.printSheet')}
      </Button>
      {make.failure === null ? null : <ErrorNote failure={make.failure} />}
      {printing.paper}
    </>
  );
}
