import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput, CallOutput } from '#shared/contract/contract.ts';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { ComboBox } from '../../components/combo-box.tsx';
import { DateField } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Field } from '../../components/field.tsx';
import { RadioGroup } from '../../components/radio-group.tsx';
import { TextArea, TextField } from '../../components/text-field.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';
import { useFinish } from './use-finish.ts';
import styles from './handling.module.css';

type Outcome = NonNullable<CallInput<'incoming.complete'>['outcome']>;
type Candidate = CallOutput<'handling.answerCandidates'>['candidates'][number];

interface FinishDialogProps {
  readonly detail: IncomingDetail;
  readonly onClose: () => void;
}

interface Typed {
  readonly codeText: string;
  readonly date: string | null;
  readonly reason: string;
}

/** "Kết thúc…": by which letter the document is answered, or why it needs none. */
export function FinishDialog({ detail, onClose }: FinishDialogProps) {
  const { t } = useTranslation();
  const { finish, busy, failure } = useFinish(detail);
  const [how, setHow] = useState<Outcome['kind']>('letter');
  const [letter, setLetter] = useState<Candidate | null>(null);
  const { values, change, forget, endsForm } = useKeptForm<Typed>('finish', detail.id, {
    codeText: '',
    date: null,
    reason: '',
  });
  const { codeText, date, reason } = values;

  const outcome = ((): Outcome | null => {
    switch (how) {
      case 'letter':
        return letter === null ? null : { kind: how, answerId: letter.id };
      case 'by-hand':
        return codeText.trim() === '' ? null : { kind: how, codeText, date };
      case 'no-answer':
        return reason.trim() === '' ? null : { kind: how, reason };
    }
  })();
  const run = async (): Promise<void> => {
    if (outcome === null || !(await finish(outcome, endsForm))) return;
    forget();
    onClose();
  };

  return (
    <Dialog
      width="wide"
      title={t('handling.finish.title', { code: detail.codeText })}
      consequence={detail.received === null ? undefined : t('handling.finish.told')}
      action={{ label: t('handling.finish.action'), run: () => void run(), busy, disabled: outcome === null }}
      onClose={onClose}
    >
      <RadioGroup
        legend={t('handling.finish.how')}
        value={how}
        options={[
          { value: 'letter', label: t('handling.finish.letter') },
          { value: 'by-hand', label: t('handling.finish.byHand') },
          { value: 'no-answer', label: t('handling.finish.noAnswer') },
        ]}
        onChange={setHow}
      />
      {how === 'letter' && (
        <>
          <LetterSearch id={detail.id} onChoose={setLetter} />
          {letter !== null && (
            <p role="status" className={styles.answer}>
              {t('handling.finish.chosen', { code: letter.codeText })} · {letter.abstract}
            </p>
          )}
        </>
      )}
      {how === 'by-hand' && (
        <div className={styles.pair}>
          <TextField
            label={t('handling.finish.code')}
            value={codeText}
            onChange={(text) => change({ codeText: text })}
            maxLength={200}
            required
          />
          <DateField label={t('handling.finish.date')} value={date} onChange={(day) => change({ date: day })} />
        </div>
      )}
      {how === 'no-answer' && (
        <TextArea
          label={t('handling.finish.reason')}
          value={reason}
          onChange={(text) => change({ reason: text })}
          rows={2}
          maxLength={2000}
          required
        />
      )}
      {failure !== null && <ErrorNote failure={failure} />}
    </Dialog>
  );
}

function LetterSearch({ id, onChoose }: { readonly id: string; readonly onChoose: (letter: Candidate) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const found = useCall('handling.answerCandidates', { id, text: wanted }, { keepPrevious: true });
  const candidates = found.data?.candidates ?? [];
  return (
    <>
      <Field label={t('handling.finish.search')} wide>
        {(wiring) => (
          <ComboBox
            text={text}
            onText={setText}
            open={found.data !== undefined}
            onOpen={() => undefined}
            groups={[{ id: 'letters', items: candidates }]}
            itemId={(letter) => letter.id}
            itemText={(letter) => letter.codeText}
            renderItem={(letter) => (
              <>
                <span>
                  <b>{letter.codeText}</b> {letter.abstract}
                </span>
                <small>
                  {letter.named ? t('handling.finish.named') : letter.date === null ? '' : formatVnDate(letter.date)}
                </small>
              </>
            )}
            onChoose={onChoose}
            listLabel={t('handling.finish.list')}
            marksFirst
            autoFocus
            foot={candidates.length === 0 ? <p role="status">{t('handling.finish.none')}</p> : null}
            place="below"
            optionClassName={styles.choice}
            inputRef={input}
            input={{ ...wiring, placeholder: t('handling.finish.searchHint') }}
          />
        )}
      </Field>
      {found.error !== null && <ErrorNote failure={found.error} />}
    </>
  );
}
