import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import type { RecallAnswer } from '#shared/domain/recall.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextArea } from '../../components/text-field.tsx';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';
import { Note } from '../document/note.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';

type Recall = NonNullable<IncomingDetail['recall']>;

/** The sender wants the document back: why, what this office said, and the way to say it. Nothing where nobody asked. */
export function RecallNote({ detail: { recall } }: { readonly detail: IncomingDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const [asking, setAsking] = useState<RecallAnswer | null>(null);
  const undo = useCommand('incoming.undoRecallAnswer');
  const notify = useNotify();
  if (recall === null) return null;
  const { answer, answeredAt, answerReason, reason, told } = recall;
  const run = async (): Promise<void> => {
    const done = await undo.run({ id: recall.id, revision: recall.revision });
    if (done.ok) notify({ tone: 'good', text: t('incoming.recall.undone', { code: recall.codeText }) });
  };
  const open = (label: string, to: RecallAnswer) => <Button onClick={() => setAsking(to)}>{label}</Button>;
  const because = (text: string): string => (text === '' ? '' : t('relations.because', { reason: text }));
  return (
    <>
      {answer === null || answeredAt === null ? (
        <Note
          title={t('incoming.recall.asked', { code: recall.codeText, time: formatStamp(recall.askedAt, now) })}
          action={
            <>
              {open(t('incoming.recall.refuse'), 'refused')}
              {open(t('incoming.recall.agree'), 'agreed')}
            </>
          }
        >
          {because(reason)}
        </Note>
      ) : (
        <Note
          tone="plain"
          title={t(`incoming.recall.answered.${answer}`, {
            code: recall.codeText,
            time: formatStamp(answeredAt, now),
          })}
          action={
            told ? (
              open(t(answer === 'agreed' ? 'incoming.recall.refuseAfter' : 'incoming.recall.agreeAfter'), other(answer))
            ) : (
              <Button busy={undo.busy} onClick={() => void run()}>
                {t('incoming.recall.undo')}
              </Button>
            )
          }
        >
          {[because(answerReason), t(told ? 'incoming.recall.told' : 'incoming.recall.waiting')]
            .filter((part) => part !== '')
            .join(' ')}
        </Note>
      )}
      {undo.failure === null ? null : <ErrorNote failure={undo.failure} />}
      {asking === null ? null : <AnswerDialog recall={recall} answer={asking} onClose={() => setAsking(null)} />}
    </>
  );
}

const other = (answer: RecallAnswer): RecallAnswer => (answer === 'agreed' ? 'refused' : 'agreed');

interface AnswerDialogProps {
  readonly recall: Recall;
  readonly answer: RecallAnswer;
  readonly onClose: () => void;
}

/** What the answer means, and why: who keeps a document that is wanted back says so. */
function AnswerDialog({ recall, answer, onClose }: AnswerDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const say = useCommand('incoming.answerRecall');
  const { values, change, forget, endsForm } = useKeptForm(`recall-${answer}`, recall.id, { reason: '' });
  const { reason } = values;
  const { id, revision, codeText: code } = recall;
  const needsReason = answer === 'refused';
  const run = async (): Promise<void> => {
    const done = await say.run({ id, revision, reply: { answer, reason }, endsForm });
    if (!done.ok) return;
    forget();
    notify({ tone: 'good', text: t(`incoming.recall.done.${answer}`, { code }) });
    onClose();
  };
  return (
    <Dialog
      title={t(`incoming.recall.title.${answer}`, { code })}
      consequence={t(`incoming.recall.text.${answer}`)}
      action={{
        label: t(answer === 'agreed' ? 'incoming.recall.agreeNow' : 'incoming.recall.refuseNow'),
        run: () => void run(),
        busy: say.busy,
        disabled: needsReason && reason.trim() === '',
      }}
      onClose={onClose}
    >
      <TextArea
        label={t(needsReason ? 'incoming.recall.why' : 'incoming.recall.note')}
        hint={t('incoming.return.reasonHint')}
        value={reason}
        onChange={(text) => change({ reason: text })}
        rows={2}
        maxLength={500}
        required={needsReason}
        autoFocus
      />
      {say.failure !== null && <ErrorNote failure={say.failure} />}
    </Dialog>
  );
}
