import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { feedbackKinds, MAX_FEEDBACK_TEXT } from '#shared/domain/feedback.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Select } from '../../components/select.tsx';
import { TextArea } from '../../components/text-field.tsx';
import { useFeedbackDraft } from './use-feedback-draft.ts';
import styles from './feedback.module.css';

interface FeedbackDialogProps {
  readonly onClose: () => void;
}

/** Writes a report. What is typed is kept, so that neither closing nor a restart loses it. */
export function FeedbackDialog({ onClose }: FeedbackDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const send = useCommand('feedback.send');
  const { values: draft, change, forget, endsForm } = useFeedbackDraft();
  const [isShown, setIsShown] = useState(false);
  const bundle = useCall('feedback.bundle', {}, { enabled: draft.attaches || isShown });

  const run = async (): Promise<void> => {
    const bundleId = draft.attaches ? (bundle.data?.bundleId ?? null) : null;
    const outcome = await send.run({ kind: draft.kind, text: draft.text, bundleId, endsForm });
    if (!outcome.ok) {
      // What was shown is no longer there: she must see what goes now.
      if (outcome.failure.code === 'BUNDLE_GONE') {
        setIsShown(true);
        void bundle.refetch();
      }
      return;
    }
    forget();
    notify({ tone: 'good', text: t('feedback.dialog.sent') });
    onClose();
  };

  return (
    <Dialog
      width="wide"
      title={t('feedback.dialog.title')}
      consequence={t('feedback.dialog.text')}
      closeLabel={draft.text.trim() === '' ? t('common.cancel') : t('feedback.dialog.close')}
      action={{
        label: t('feedback.dialog.send'),
        run: () => void run(),
        busy: send.busy,
        disabled: draft.text.trim() === '' || (draft.attaches && !bundle.data),
      }}
      onClose={onClose}
    >
      <Select
        label={t('feedback.dialog.kind')}
        value={draft.kind}
        options={feedbackKinds.map((kind) => ({ value: kind, label: t(`feedback.kinds.${kind}`) }))}
        onChange={(kind) => change({ kind })}
      />
      <div className={styles.what}>
        <TextArea
          label={t('feedback.dialog.what')}
          hint={t('feedback.dialog.whatHelp')}
          value={draft.text}
          onChange={(text) => change({ text })}
          rows={5}
          maxLength={MAX_FEEDBACK_TEXT}
          required
          autoFocus
        />
      </div>
      <div className={styles.attach}>
        <CheckBox
          label={t('feedback.dialog.attach')}
          checked={draft.attaches}
          onChange={(attaches) => change({ attaches })}
        />
        <p className={styles.help}>{t('feedback.dialog.attachHelp')}</p>
        <Disclosure
          isOpen={isShown}
          onToggle={() => setIsShown(!isShown)}
          label={t('feedback.dialog.show')}
          name={t('feedback.dialog.shown')}
          text={bundle.data?.text ?? null}
        />
        {bundle.error ? <ErrorNote failure={bundle.error} onRetry={() => void bundle.refetch()} /> : null}
      </div>
      {send.failure ? <ErrorNote failure={send.failure} /> : null}
    </Dialog>
  );
}

interface DisclosureProps {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly label: string;
  /** Of the text, for whoever hears it. */
  readonly name: string;
  readonly text: string | null;
}

/** A long technical text that is shown on demand. */
export function Disclosure({ isOpen, onToggle, label, name, text }: DisclosureProps) {
  const id = useId();
  return (
    <>
      <div>
        <Button
          variant="quiet"
          icon={isOpen ? 'chevron-down' : 'chevron-right'}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={onToggle}
        >
          {label}
        </Button>
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && text !== null ? (
          // A region that scrolls has to be reachable with the keyboard.
          <pre className={styles.bundle} tabIndex={0} role="region" aria-label={name}>
            {text}
          </pre>
        ) : null}
      </div>
    </>
  );
}
