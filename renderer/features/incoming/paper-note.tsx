import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { paperPostedDay } from '#shared/domain/watched-delivery.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Note } from '../document/note.tsx';

/** A paper copy is on its way, and the one click that says it is here. Nothing where none is expected. */
export function PaperNote({ detail }: { readonly detail: IncomingDetail }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const receive = useCommand('incoming.receivePaper');
  const { id, revision, paper, watch } = detail;
  if (paper !== 'expected') return null;
  const day = watch === null ? null : paperPostedDay(watch);
  const words = day === null ? '' : t('paper.sentOn', { day: formatVnDate(day) });
  const run = async (): Promise<void> => {
    const done = await receive.run({ id, revision });
    if (done.ok) notify({ tone: 'good', text: t('paper.receivedToast') });
  };
  return (
    <>
      <Note
        tone="plain"
        title={t(day === null ? 'paper.willCome' : 'paper.coming')}
        action={
          <Button busy={receive.busy} onClick={() => void run()}>
            {t('paper.receive')}
          </Button>
        }
      >
        {[watch?.paperItem ?? '', words].filter((part) => part !== '').join(', ')}
      </Note>
      {receive.failure === null ? null : <ErrorNote failure={receive.failure} />}
    </>
  );
}
