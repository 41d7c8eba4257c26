import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { incomingMachine, type IncomingStep } from '#shared/domain/incoming-state.ts';
import { allowsHandlingStep } from '#shared/domain/handling.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { LimitAction } from '../access/limit-action.tsx';
import { FinishDialog } from '../handling/finish-dialog.tsx';
import { useFinish } from '../handling/use-finish.ts';
import { ExtensionDialog, mayAskExtension } from './extension-dialog.tsx';
import { AttachScan } from './attach-scan.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import styles from '../document/document-pane.module.css';

interface IncomingActionsProps {
  readonly detail: IncomingDetail;
  readonly onRegister: () => void;
  readonly onAssign: () => void;
}

/** Register what waits, finish what is being worked on; sending back asks for a reason first. */
export function IncomingActions({ detail, onRegister, onAssign }: IncomingActionsProps) {
  const { t } = useTranslation();
  const [returning, setReturning] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const [asking, setAsking] = useState(false);
  const [finishing, setFinishing] = useState(false);
  const { finish, busy, failure } = useFinish(detail);
  const choices = useCall(
    'handling.choices',
    { agencyName: detail.agencyName },
    { enabled: detail.state === 'registered' },
  ).data?.choices;
  const hasPeople = choices !== undefined && choices.length > 0;
  const { received } = detail;
  const may = (step: IncomingStep): boolean => incomingMachine.allows(detail.state, step);

  const assigns = may('complete') && hasPeople && allowsHandlingStep(detail.handling.stage, 'assign');
  // Once somebody has it, what comes next is its end.
  const assignsFirst = assigns && detail.handling.assignments.length === 0;
  useShortcut('Ctrl+Enter', onRegister, may('register'));
  useShortcut('Ctrl+Enter', onAssign, assignsFirst);

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
      {may('return') && received === null && (
        <Button onClick={() => setDiscarding(true)}>{t('incoming.takeIn.discard')}</Button>
      )}
      {assignsFirst && (
        <Button variant="main" kbd="Ctrl+Enter" onClick={onAssign}>
          {t('handling.actions.assign')}
        </Button>
      )}
      {may('complete') &&
        (hasPeople ? (
          // Where people answer documents, it is asked by what.
          <Button
            {...(assignsFirst ? {} : { variant: 'main' as const })}
            icon="check"
            onClick={() => setFinishing(true)}
          >
            {t('handling.actions.finish')}
          </Button>
        ) : (
          <Button variant="main" icon="check" busy={busy} onClick={() => void finish()}>
            {t('incoming.pane.actions.complete')}
          </Button>
        ))}
      {mayAskExtension(detail) && <Button onClick={() => setAsking(true)}>{t('incoming.extension.open')}</Button>}
      {detail.file === null && received === null && detail.state !== 'returned' && <AttachScan detail={detail} />}
      <LimitAction document={detail} />
      {failure !== null && (
        <div className={styles.failure}>
          <ErrorNote failure={failure} />
        </div>
      )}
      {finishing && <FinishDialog detail={detail} onClose={() => setFinishing(false)} />}
      {discarding && <DiscardDialog detail={detail} onClose={() => setDiscarding(false)} />}
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
