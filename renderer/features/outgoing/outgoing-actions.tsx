import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { outgoingMachine, type OutgoingStep } from '#shared/domain/outgoing-state.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { ChangeHourDialog, mayChangeHour } from './change-hour-dialog.tsx';
import { NumberDialog } from './number-dialog.tsx';
import { SendDialog } from './send-dialog.tsx';
import { SignDialog } from './sign-dialog.tsx';
import { useDraftSteps } from './use-draft-steps.ts';
import styles from '../document/document-pane.module.css';

interface OutgoingActionsProps {
  readonly detail: OutgoingDetail;
  readonly onEdit: (id: string) => void;
  readonly onOpenCertificates: () => void;
}

/** What leads a letter on, from draft to dispatch: the one that is allowed now is the next thing to do. */
const mainSteps = ['approve', 'number', 'sign', 'seal', 'queue'] as const satisfies readonly OutgoingStep[];

type Asking = Exclude<(typeof mainSteps)[number], 'approve'> | 'cancel' | 'hour';

/** Buttons of the document's head. Only what can be undone happens at once; the rest asks first. */
export function OutgoingActions({ detail, onEdit, onOpenCertificates }: OutgoingActionsProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asking | null>(null);
  const steps = useDraftSteps(detail);
  const may = (step: OutgoingStep): boolean => outgoingMachine.allows(detail.state, step);
  const main = mainSteps.find(may) ?? null;
  // A step whose answer was lost may have been taken all the same: then there is nothing left to ask.
  const asking = asked === main || asked === 'hour' || (asked === 'cancel' && may('cancel')) ? asked : null;
  const close = (): void => setAsked(null);
  const act = (): void => {
    if (main === 'approve') steps.approve();
    else if (main !== null) setAsked(main);
  };
  useShortcut('Ctrl+Enter', act, main !== null);

  return (
    <>
      {main !== null && (
        <Button variant="main" kbd="Ctrl+Enter" busy={steps.busy} onClick={act}>
          {t(`outgoing.pane.actions.${main}`)}
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
      {may('cancel') && <Button onClick={() => setAsked('cancel')}>{t('outgoing.pane.actions.cancel')}</Button>}
      {mayChangeHour(detail) && <Button onClick={() => setAsked('hour')}>{t('outgoing.hour.open')}</Button>}
      {may('restore') && (
        <>
          <span className={styles.words}>{t('outgoing.pane.discardedText')}</span>
          <Button icon="undo" busy={steps.busy} onClick={steps.restore}>
            {t('outgoing.pane.restore')}
          </Button>
        </>
      )}
      {detail.state === 'cancelled' && <span className={styles.words}>{t('outgoing.pane.cancelledText')}</span>}
      {steps.failure !== null && (
        <div className={styles.failure}>
          <ErrorNote failure={steps.failure} />
        </div>
      )}
      {asking === 'number' && <NumberDialog detail={detail} onClose={close} />}
      {(asking === 'sign' || asking === 'seal') && (
        <SignDialog detail={detail} step={asking} onClose={close} onOpenCertificates={onOpenCertificates} />
      )}
      {asking === 'queue' && <SendDialog detail={detail} onClose={close} />}
      {asking === 'hour' && <ChangeHourDialog detail={detail} onClose={close} />}
      {asking === 'cancel' && <CancelDialog detail={detail} onClose={close} />}
    </>
  );
}
