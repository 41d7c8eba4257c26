import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';

/** Chooses the scan of a paper and adds it to its document: at once, or days after it was entered. */
export function AttachScan({ detail }: { readonly detail: Pick<IncomingDetail, 'id' | 'revision'> }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const pick = useCommand('files.pick');
  const attach = useCommand('incoming.attachScan');
  const failure = pick.failure ?? attach.failure;
  const run = async (): Promise<void> => {
    const picked = await pick.run({ purpose: 'letter' });
    const file = picked.ok ? picked.value.files[0] : undefined;
    if (file === undefined) return;
    const done = await attach.run({ id: detail.id, revision: detail.revision, token: file.token });
    if (done.ok) notify({ tone: 'good', text: t('incoming.takeIn.scanned', { name: file.name }) });
  };
  return (
    <>
      <Button icon="scan" busy={pick.busy || attach.busy} onClick={() => void run()}>
        {t('incoming.takeIn.scan')}
      </Button>
      {failure === null ? null : <ErrorNote failure={failure} />}
    </>
  );
}
