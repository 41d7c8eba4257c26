import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import { formatVnDate, vietnamDay } from '#shared/domain/vn-date.ts';
import type { CallOutput } from '#shared/contract/contract.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { DateField } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { useNow } from '../../i18n/use-now.ts';
import { DocumentFieldsForm } from '../document/document-fields-form.tsx';
import { emptyValues, fieldsFrom, type FormValues } from '../document/form-values.ts';
import { Note } from '../document/note.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';
import { useFormCheck } from '../document/use-form-check.ts';
import { useNavigation } from '../navigation/navigation.tsx';
import { PaperScan, proposedBy, type ReadScan } from './paper-scan.tsx';
import { RecipientSearch } from '../outgoing/recipient-search.tsx';
import styles from '../settings/settings.module.css';

type Twin = CallOutput<'incoming.electronicTwins'>['twins'][number];

const SETTLED_AFTER_MS = 400;

interface PaperForm extends FormValues<'incoming'> {
  /** An agency of the directory that was chosen. */
  readonly sender: DirectoryAgency | null;
  /** Day on which it came; null is today. */
  readonly arrivedOn: string | null;
  /** What was scanned of it, and what the fields were filled with from it. */
  readonly scan: ReadScan | null;
}

const emptyPaper: PaperForm = {
  ...emptyValues('incoming'),
  documentType: 'Công văn',
  paper: 'arrived',
  sender: null,
  arrivedOn: null,
  scan: null,
};

/** Enters a document that came on paper in the book; what of it came through the exchange is found and offered first. */
export function RegisterPaperDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { go } = useNavigation();
  const { formElement, missing, check, touch } = useFormCheck('incoming');
  const kept = useKeptForm('paper', '', emptyPaper);
  const { sender, arrivedOn, scan, ...values } = kept.values;
  const now = useNow();
  const [asked, setAsked] = useState(false);
  const register = useCommand('incoming.registerPaper');
  const receive = useCommand('incoming.receivePaper');
  const { codeText, date, agencyName, documentType } = values;
  const next = useCall('incoming.nextNumber', { documentType }, { keepPrevious: true });
  const typed = useSettled(`${codeText}\n${agencyName}`, SETTLED_AFTER_MS);
  const isSettled = typed === `${codeText}\n${agencyName}`;
  const found = useCall(
    'incoming.electronicTwins',
    { codeText, date, agencyName, senderCode: sender?.code ?? null },
    { enabled: isSettled && codeText.trim() !== '' && date !== null },
  );
  const twins = isSettled && codeText.trim() !== '' && date !== null ? (found.data?.twins ?? []) : [];

  const change = (part: Partial<FormValues<'incoming'>>): void => {
    kept.change(part);
    setAsked(false);
    touch(Object.keys(part));
  };
  const choose = (agency: DirectoryAgency): void => {
    kept.change({ sender: agency });
    change({ agencyName: agency.name });
  };
  const takeScan = (read: ReadScan): void => {
    kept.change({ scan: read });
    // What was typed already stands.
    change(proposedBy(read, values, scan?.fields ?? emptyPaper));
  };
  const run = async (): Promise<void> => {
    if (!check(values)) return;
    const done = await register.run({
      fields: fieldsFrom('incoming', values),
      // A name that was typed over is no longer the agency that was chosen.
      senderCode: sender !== null && sender.name === agencyName ? sender.code : null,
      arrivedOn,
      scan: scan === null ? null : { fileId: scan.fileId, name: scan.name },
      acceptDuplicate: asked,
      endsForm: kept.endsForm,
    });
    if (!done.ok) {
      setAsked(done.failure.code === 'DUPLICATE_DOCUMENT');
      return;
    }
    kept.forget();
    notify({ tone: 'good', text: t('incoming.pane.toast.registered', { number: done.value.arrivalNumber }) });
    onClose();
    // Its scan is attached there, now or later.
    go({ screen: 'incoming', box: 'in-progress', id: done.value.id });
  };
  const attach = async ({ id, revision, arrivalNumber }: Twin): Promise<void> => {
    const done = await receive.run({ id, revision, endsForm: kept.endsForm });
    if (!done.ok) return;
    kept.forget();
    notify({
      tone: 'good',
      text: arrivalNumber === null ? t('paper.receivedToast') : t('paper.attachedToast', { number: arrivalNumber }),
    });
    onClose();
  };

  return (
    <Dialog
      width="wide"
      title={t('paper.registerTitle')}
      consequence={t('paper.registerText', { number: next.data?.number ?? '…' })}
      action={{
        label: t(asked ? 'incoming.register.ask.action' : 'incoming.register.action'),
        danger: asked,
        run: () => void run(),
        busy: register.busy,
      }}
      onClose={onClose}
    >
      <PaperScan scan={scan} onRead={takeScan} onRemove={() => kept.change({ scan: null })}>
        <RecipientSearch
          label={sender === null ? t('paper.sender') : t('paper.senderIs', { name: sender.name })}
          autoFocus
          chosen={new Set(sender === null ? [] : [sender.code])}
          onAdd={choose}
        />
        {twins.map((twin) => (
          <Note
            key={twin.id}
            title={t(twin.arrivalNumber === null ? 'paper.twinWaiting' : 'paper.twin', {
              number: twin.arrivalNumber ?? '',
            })}
            action={
              twin.paper === 'arrived' ? undefined : (
                <Button busy={receive.busy} onClick={() => void attach(twin)}>
                  {t(twin.arrivalNumber === null ? 'paper.attachWaiting' : 'paper.attach')}
                </Button>
              )
            }
          >
            {twin.date === null ? twin.codeText : `${twin.codeText}, ${formatVnDate(twin.date)}`}
          </Note>
        ))}
        <form
          ref={formElement}
          className={styles.paperForm}
          noValidate
          // Enter in a field does nothing: only the button acts.
          onSubmit={(event) => event.preventDefault()}
        >
          <DateField
            name="arrivedOn"
            label={t('incoming.register.arrivedAt')}
            hint={t('incoming.takeIn.arrivedOnHint')}
            value={arrivedOn ?? vietnamDay(now)}
            onChange={(day) => kept.change({ arrivedOn: day })}
          />
          <DocumentFieldsForm
            direction="incoming"
            values={values}
            missing={missing}
            sourceOf={(name) =>
              scan !== null && values[name] === scan.fields[name] ? (scan.sources[name] ?? 'none') : 'none'
            }
            onChange={change}
            onFocusField={() => undefined}
          />
        </form>
        {register.failure !== null && <ErrorNote failure={register.failure} />}
        {receive.failure !== null && <ErrorNote failure={receive.failure} />}
      </PaperScan>
    </Dialog>
  );
}
