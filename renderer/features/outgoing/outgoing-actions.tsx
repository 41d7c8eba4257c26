import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { outgoingMachine, type OutgoingStep } from '#shared/domain/outgoing-state.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { LimitAction } from '../access/limit-action.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { SendBackDialog } from './send-back-dialog.tsx';
import { ChangeHourDialog, mayChangeHour } from './change-hour-dialog.tsx';
import { mayRecall, RecallDialog } from './recall-dialog.tsx';
import { useDraftSteps } from './use-draft-steps.ts';
import styles from '../document/document-pane.module.css';

interface OutgoingActionsProps {
  readonly detail: OutgoingDetail;
  readonly onEdit: (id: string) => void;
  readonly onIssue: (id: string) => void;
}

/** What leads a letter on, from draft to dispatch: the one that is allowed now is the next thing to do. */
const mainSteps = ['approve', 'number', 'sign', 'seal', 'queue'] as const satisfies readonly OutgoingStep[];

type Asking = 'cancel' | 'hour' | 'recall' | 'send-back';

/** Buttons of the document's head. Only what can be undone happens at once; the rest asks first. */
export function OutgoingActions({ detail, onEdit, onIssue }: OutgoingActionsProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asking | null>(null);
  const steps = useDraftSteps(detail);
  const again = useCommand('outgoing.draftAgain');
  const may = (step: OutgoingStep): boolean => {
    // What has its number stays in the book: it is cancelled there, not thrown away.
    if (step === 'cancel' && !detail.numbered) return false;
    if (step === 'discard' && detail.numbered) return false;
    return outgoingMachine.allows(detail.state, step);
  };
  const main = mainSteps.find(may) ?? null;
  // A step whose answer was lost may have been taken all the same: then there is nothing left to ask.
  const asking =
    asked === 'hour' ||
    (asked === 'recall' && mayRecall(detail)) ||
    (asked === 'cancel' && may('cancel')) ||
    (asked === 'send-back' && may('sendBack'))
      ? asked
      : null;
  const draftAgain = async (): Promise<void> => {
    const outcome = await again.run({ id: detail.id, revision: detail.revision });
    if (outcome.ok) onEdit(outcome.value.id);
  };
  const close = (): void => setAsked(null);
  const act = (): void => {
    if (main === 'approve') steps.approve();
    else if (main !== null) onIssue(detail.id);
  };
  useShortcut('Ctrl+Enter', act, main !== null);

  return (
    <>
      {main !== null && (
        <Button variant="main" kbd="Ctrl+Enter" busy={steps.busy} onClick={act}>
          {t(main === 'approve' ? 'outgoing.pane.actions.approve' : 'outgoing.pane.actions.issue')}
        </Button>
      )}
      {may('edit') && <Button onClick={() => onEdit(detail.id)}>{t('outgoing.pane.actions.edit')}</Button>}
      {may('discard') && (
        <Button busy={steps.busy} onClick={steps.discard}>
          {t('outgoing.pane.actions.discard')}
        </Button>
      )}
      {may('reopen') && (
        <Button busy={steps.busy} onClick={steps.reopen}>
          {t('outgoing.pane.actions.reopen')}
        </Button>
      )}
      {may('sendBack') && <Button onClick={() => setAsked('send-back')}>{t('outgoing.sendBack.open')}</Button>}
      {may('cancel') && <Button onClick={() => setAsked('cancel')}>{t('outgoing.pane.actions.cancel')}</Button>}
      {mayChangeHour(detail) && <Button onClick={() => setAsked('hour')}>{t('outgoing.hour.open')}</Button>}
      {mayRecall(detail) && <Button onClick={() => setAsked('recall')}>{t('outgoing.recall.open')}</Button>}
      {may('restore') && (
        <>
          <span className={styles.words}>{t('outgoing.pane.discardedText')}</span>
          <Button icon="undo" busy={steps.busy} onClick={steps.restore}>
            {t('outgoing.pane.restore')}
          </Button>
        </>
      )}
      {detail.state === 'cancelled' && (
        <>
          <span className={styles.words}>{t('outgoing.pane.cancelledText')}</span>
          {detail.madeInto.length === 0 && (
            <Button busy={again.busy} onClick={() => void draftAgain()}>
              {t('outgoing.again.make')}
            </Button>
          )}
        </>
      )}
      <LimitAction document={detail} />
      {again.failure !== null && (
        <div className={styles.failure}>
          <ErrorNote failure={again.failure} />
        </div>
      )}
      {steps.failure !== null && (
        <div className={styles.failure}>
          <ErrorNote failure={steps.failure} />
        </div>
      )}
      {asking === 'hour' && <ChangeHourDialog detail={detail} onClose={close} />}
      {asking === 'send-back' && <SendBackDialog detail={detail} onClose={close} />}
      {asking === 'recall' && <RecallDialog detail={detail} onClose={close} />}
      {asking === 'cancel' && <CancelDialog detail={detail} onClose={close} />}
    </>
  );
}
