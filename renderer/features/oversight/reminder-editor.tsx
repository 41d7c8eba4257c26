import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import type { PickedFile } from '#shared/contract/shell.ts';
import { type FigureSource, letterPageSchema } from '#shared/domain/reminder-letter.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { useSaveMade } from '../../api/use-save-made.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { ScreenFrame } from '../../components/screen-frame.tsx';
import { TextArea, TextField } from '../../components/text-field.tsx';
import { usePrint } from '../../components/use-print.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { useStoredForm } from '../forms/form-store.ts';
import { FigureDocuments } from './figure-documents.tsx';
import { LetterSheet } from './letter-sheet.tsx';
import type { Period } from './period.ts';
import { pageOf, type ReminderForm, reminderForm, reminderForms } from './reminder-form.ts';
import styles from './reminder-editor.module.css';

interface ReminderEditorProps {
  readonly period: Period;
  readonly onClose: () => void;
  /** The letter as a file to be taken in as a new outgoing letter for these recipients. */
  readonly onLetter: (file: PickedFile, recipients: readonly DirectoryAgency[]) => void;
}

/** The letter that reminds all agencies: its text to be edited, and the documents behind each of its figures. */
export function ReminderEditor({ period, onClose, onLetter }: ReminderEditorProps) {
  const { t } = useTranslation();
  const { form, start, change, forget } = useStoredForm(reminderForms, `${period.from} ${period.to}`);
  const drafted = useCall('oversight.reminder', { ...period }, { enabled: form === null });
  const { data } = drafted;
  useEffect(() => {
    if (form === null && data !== undefined) start(reminderForm(data));
  }, [form, data, start]);
  useShortcut('Escape', onClose);
  if (form === null) {
    return drafted.error === null ? (
      <ProgressLine label={t('oversight.letter.drafting')} />
    ) : (
      <>
        <ErrorNote failure={drafted.error} onRetry={() => void drafted.refetch()} />
        <Button onClick={onClose}>{t('oversight.letter.close')}</Button>
      </>
    );
  }
  const again = (): void => {
    forget();
    void drafted.refetch();
  };
  return <Editor {...{ form, period, onClose, onLetter, onAgain: again }} onChange={change} />;
}

interface EditorProps extends ReminderEditorProps {
  readonly form: ReminderForm;
  readonly onChange: (update: (form: ReminderForm) => ReminderForm) => void;
  /** Throws away what was typed. */
  readonly onAgain: () => void;
}

const HEAD_FIELDS = ['parentAgency', 'agency', 'notation', 'place', 'authority', 'signerTitle', 'signerName'] as const;

function Editor({ form, period, onChange, onClose, onLetter, onAgain }: EditorProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const [shown, setShown] = useState<number | null>(null);
  const { print, paper } = usePrint();
  const writeFile = useCommand('oversight.reminderFile');
  const { save, ...saving } = useSaveMade();
  const pickPrint = useCommand('files.pickPrint');
  const page = pageOf(form);
  const isWhole = letterPageSchema.safeParse(page).success;
  const setHead = (part: Partial<ReminderForm['head']>) =>
    onChange((old) => ({ ...old, head: { ...old.head, ...part } }));

  const saveDocx = async (): Promise<void> => {
    const saved = await save(await writeFile.run({ page }));
    if (saved) notify({ tone: 'good', text: t('oversight.saved') });
  };
  const makeLetter = async (): Promise<void> => {
    const name = `${t('oversight.letter.fileName')}.pdf`;
    const printed = await print(<LetterSheet page={page} />, () => pickPrint.run({ name }));
    if (printed.ok) onLetter(printed.value.file, form.recipients);
  };
  const failure = writeFile.failure ?? saving.failure ?? pickPrint.failure;
  const sources = shown === null ? [] : (form.paragraphs[shown]?.sources ?? []);

  return (
    <ScreenFrame
      title={t('oversight.letter.title')}
      beside={
        <>
          <span className={styles.recipients}>
            {t('oversight.letter.recipients', { count: form.recipients.length })}
          </span>
          <Button variant="quiet" onClick={onAgain}>
            {t('oversight.letter.again')}
          </Button>
          <Button busy={writeFile.busy || saving.busy} disabled={!isWhole} onClick={() => void saveDocx()}>
            {t('oversight.letter.docx')}
          </Button>
          <Button variant="main" busy={pickPrint.busy} disabled={!isWhole} onClick={() => void makeLetter()}>
            {t('oversight.letter.draft')}
          </Button>
          <Button variant="quiet" icon="close" label={t('oversight.letter.close')} onClick={onClose} />
        </>
      }
    >
      {failure === null ? null : <ErrorNote failure={failure} />}
      {isWhole ? null : <p className={styles.lacking}>{t('oversight.letter.lacking')}</p>}
      <div className={styles.parts}>
        <div className={styles.text} role="group" aria-label={t('oversight.letter.text')}>
          <div className={styles.head}>
            {HEAD_FIELDS.map((name) => (
              <TextField
                key={name}
                label={t(`oversight.letter.fields.${name}`)}
                value={form.head[name]}
                maxLength={name === 'notation' ? 60 : 300}
                required={name === 'agency'}
                onChange={(value) => setHead({ [name]: value })}
              />
            ))}
          </div>
          <TextArea
            label={t('oversight.letter.fields.subject')}
            value={form.head.subject}
            maxLength={500}
            required
            onChange={(subject) => setHead({ subject })}
          />
          <TextArea
            label={t('oversight.letter.fields.addressees')}
            value={form.addressees}
            rows={2}
            required
            onChange={(addressees) => onChange((old) => ({ ...old, addressees }))}
          />
          {form.paragraphs.map(({ text, sources: behind }, place) => (
            // Paragraphs are neither moved nor added.
            <div key={place} className={styles.paragraph}>
              <TextArea
                label={t('oversight.letter.paragraph', { number: place + 1 })}
                value={text}
                rows={2}
                maxLength={4_000}
                onChange={(typed) =>
                  onChange((old) => ({
                    ...old,
                    paragraphs: old.paragraphs.map((one, at) => (at === place ? { ...one, text: typed } : one)),
                  }))
                }
              />
              {behind.length === 0 ? null : (
                <Button
                  variant="quiet"
                  aria-pressed={shown === place}
                  onClick={() => setShown(shown === place ? null : place)}
                >
                  {t('oversight.letter.behind', { number: place + 1 })}
                </Button>
              )}
            </div>
          ))}
          <TextArea
            label={t('oversight.letter.fields.recipientLines')}
            value={form.recipientLines}
            rows={2}
            onChange={(recipientLines) => onChange((old) => ({ ...old, recipientLines }))}
          />
        </div>
        <div className={styles.behind} role="region" aria-label={t('oversight.letter.documents')} tabIndex={0}>
          {sources.length === 0 ? (
            <p className={styles.hint}>{t('oversight.letter.hint')}</p>
          ) : (
            <Sources key={shown} sources={sources} period={period} />
          )}
        </div>
      </div>
      {paper}
    </ScreenFrame>
  );
}

/** The lists behind one paragraph, one agency after the other. */
function Sources({ sources, period }: { readonly sources: readonly FigureSource[]; readonly period: Period }) {
  const { t } = useTranslation();
  const [place, setPlace] = useState(0);
  const source = sources[place];
  const nameOf = ({ agency, name, which }: FigureSource): string =>
    `${agency === null ? t('oversight.letter.allAgencies') : name}: ${t(`oversight.lists.${which}`)}`;
  return (
    <>
      <label className={styles.choice}>
        {t('oversight.letter.list')}
        <select value={place} onChange={(event) => setPlace(Number(event.target.value))}>
          {sources.map((one, at) => (
            <option key={`${one.agency} ${one.which}`} value={at}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </label>
      {source === undefined ? null : <FigureDocuments key={place} source={source} period={period} />}
    </>
  );
}
