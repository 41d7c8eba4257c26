import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { incomingMachine, type IncomingStep } from '#shared/domain/incoming-state.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { ExtensionDialog, mayAskExtension } from './extension-dialog.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import styles from '../document/document-pane.module.css';

interface IncomingActionsProps {
  readonly detail: IncomingDetail;
  readonly onRegister: () => void;
}

/** Register what waits, finish what is being worked on; sending back asks for a reason first. */
export function IncomingActions({ detail, onRegister }: IncomingActionsProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const [returning, setReturning] = useState(false);
  const [asking, setAsking] = useState(false);
  const complete = useCommand('incoming.complete');
  const { received } = detail;
  const may = (step: IncomingStep): boolean => incomingMachine.allows(detail.state, step);

  const finish = async (): Promise<void> => {
    const outcome = await complete.run({ id: detail.id, revision: detail.revision });
    if (outcome.ok) notify({ tone: 'good', text: t('incoming.pane.toast.completed', { code: detail.codeText }) });
  };
  useShortcut('Ctrl+Enter', onRegister, may('register'));

  return (
    <>
      {may('register') && (
        <Button variant="main" kbd="Ctrl+Enter" onClick={onRegister}>
          {t('incoming.pane.actions.register')}
        </Button>
      )}
      {may('return') && received !== null && (
        <Button onClick={() => setReturning(true)}>{t('incoming.pane.actions.return')}</Button>
      )}
      {may('complete') && (
        <Button variant="main" icon="check" busy={complete.busy} onClick={() => void finish()}>
          {t('incoming.pane.actions.complete')}
        </Button>
      )}
      {mayAskExtension(detail) && <Button onClick={() => setAsking(true)}>{t('incoming.extension.open')}</Button>}
      {complete.failure !== null && (
        <div className={styles.failure}>
          <ErrorNote failure={complete.failure} />
        </div>
      )}
      {returning && received !== null && (
        <ReturnDialog detail={detail} sender={received.senderName} onClose={() => setReturning(false)} />
      )}
      {asking && received !== null && detail.dueAt !== null && (
        <ExtensionDialog
          detail={detail}
          dueAt={detail.dueAt}
          sender={received.senderName}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
