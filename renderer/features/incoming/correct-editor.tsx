import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { fieldsOf, isAsked, type IncomingFieldName } from '#shared/domain/document-fields.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextArea, TextField } from '../../components/text-field.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { DocumentFieldsForm, type FieldDetails } from '../document/document-fields-form.tsx';
import { DocumentPages } from '../document/document-pages.tsx';
import { FormBesidePage } from '../document/form-beside-page.tsx';
import { fieldsFrom, valuesOf, type FormValues } from '../document/form-values.ts';
import { nameField } from '../document/name-field.ts';
import { Note } from '../document/note.tsx';
import { showField } from '../document/show-field.ts';
import { useFirstFocus } from '../document/use-first-focus.ts';
import { useFormCheck } from '../document/use-form-check.ts';
import { useSignedRevision } from '../document/use-signed-revision.ts';
import { useKeptForm } from '../forms/use-kept-form.ts';
import { useFullWidth } from '../navigation/navigation.tsx';

interface CorrectionForm {
  /** The revision that the clerk has seen. */
  readonly revision: number;
  /** Fields that she typed in; all others show what the register holds. */
  readonly changes: Partial<FormValues<'incoming'>>;
  readonly reason: string;
}

interface CorrectEditorProps {
  readonly detail: IncomingDetail;
  /** What was typed is kept unless it was saved. */
  readonly onClose: () => void;
}

/** What stands in the book of a document, to be corrected beside its page. The number and its day stay. */
export function CorrectEditor({ detail, onClose }: CorrectEditorProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  useFullWidth('correct-incoming', true);
  const { formElement, missing, check, touch } = useFormCheck('incoming');
  const [focused, setFocused] = useState<IncomingFieldName | null>(null);
  const [asked, setAsked] = useState(false);
  const correct = useCommand('incoming.correct');
  const signed = useSignedRevision(detail.file?.fileId ?? null);
  const kept = useKeptForm<CorrectionForm>('correct', detail.id, {
    revision: detail.revision,
    changes: {},
    reason: '',
  });
  const { revision, changes, reason } = kept.values;
  const inBook = valuesOf('incoming', detail.fields);
  const values: FormValues<'incoming'> = { ...inBook, ...changes };
  const changed = fieldsOf('incoming').filter(
    (name) => isAsked(name, 'incoming', values) && values[name] !== inBook[name],
  );
  const isStale = revision !== detail.revision;

  const setFields = (part: Partial<FormValues<'incoming'>>): void => {
    kept.change({ revision, changes: { ...changes, ...part } });
    setAsked(false);
    touch(Object.keys(part));
  };
  const leave = (): void => {
    if (changed.length > 0 || reason !== '') notify({ text: t('incoming.register.kept') });
    else kept.forget();
    onClose();
  };
  const mayRun = changed.length > 0 && reason.trim() !== '' && !isStale && !correct.busy;
  const run = async (): Promise<void> => {
    if (!mayRun || !check(values)) return;
    const done = await correct.run({
      id: detail.id,
      revision,
      fields: fieldsFrom('incoming', values),
      reason,
      acceptDuplicate: asked,
      endsForm: kept.endsForm,
    });
    if (!done.ok) {
      setAsked(done.failure.code === 'DUPLICATE_DOCUMENT');
      return;
    }
    kept.forget();
    notify({ tone: 'good', text: t('incoming.correct.done', { number: detail.arrivalNumber ?? '' }) });
    onClose();
  };
  useFirstFocus(formElement, 'agencyName');
  useShortcut('Ctrl+Enter', () => void run(), mayRun);
  useShortcut('Escape', leave, !correct.busy);

  const before = Object.fromEntries(
    changed.map((name): [IncomingFieldName, FieldDetails] => {
      const value = showField(t, name, inBook[name]);
      return [name, { help: value === '' ? t('incoming.correct.wasEmpty') : t('incoming.correct.was', { value }) }];
    }),
  );
  return (
    <FormBesidePage
      ref={formElement}
      title={t('incoming.correct.title')}
      notes={
        isStale ? (
          <Note
            title={t('incoming.correct.staleTitle')}
            action={
              <Button onClick={() => kept.change({ revision: detail.revision })}>{t('incoming.correct.goOn')}</Button>
            }
          >
            {t('incoming.correct.staleText')}
          </Note>
        ) : null
      }
      pinned={
        <TextArea
          name="reason"
          label={t('incoming.correct.reason')}
          hint={t('incoming.correct.reasonHint')}
          value={reason}
          onChange={(text) => kept.change({ revision, reason: text })}
          onFocus={() => setFocused(null)}
          rows={1}
          maxLength={500}
          required
        />
      }
      end={
        <>
          {correct.failure !== null && !(correct.failure.code === 'STALE_REVISION' && isStale) && (
            <ErrorNote failure={correct.failure} busy={correct.busy} />
          )}
          {missing.length > 0 && (
            <p role="alert">
              {t('incoming.register.missing', {
                fields: missing.map((field) => nameField(t, 'incoming', field)).join(', '),
              })}
            </p>
          )}
          <Button variant="main" kbd="Ctrl+Enter" busy={correct.busy} disabled={!mayRun} onClick={() => void run()}>
            {t(asked ? 'incoming.correct.saveAgain' : 'incoming.correct.save')}
          </Button>
          <Button kbd="Escape" disabled={correct.busy} onClick={leave}>
            {t('incoming.register.later')}
          </Button>
        </>
      }
      page={
        detail.file === null ? (
          <EmptyState icon="file" title={t('incoming.pane.noFileTitle')} text={t('incoming.pane.noFileText')} />
        ) : (
          <DocumentPages
            file={detail.file}
            report={detail.verification}
            signed={signed}
            mark={focused === null ? null : (detail.regions[focused] ?? null)}
            hint={t('incoming.register.markHint')}
          />
        )
      }
    >
      <TextField
        label={t('incoming.register.number')}
        help={t('incoming.correct.numberStays')}
        value={String(detail.arrivalNumber ?? '')}
        onChange={() => undefined}
        onFocus={() => setFocused(null)}
        readOnly
        strong
      />
      <TextField
        label={t('incoming.register.arrivedAt')}
        value={formatDateTime(detail.arrivedAt)}
        onChange={() => undefined}
        onFocus={() => setFocused(null)}
        readOnly
      />
      <DocumentFieldsForm
        direction="incoming"
        values={values}
        missing={missing}
        sourceOf={() => 'none'}
        details={before}
        onChange={setFields}
        onFocusField={setFocused}
      />
    </FormBesidePage>
  );
}
