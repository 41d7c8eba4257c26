import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import type { IncomingFieldName } from '#shared/domain/document-fields.ts';
import { incomingMachine } from '#shared/domain/incoming-state.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { DocumentPages } from '../document/document-pages.tsx';
import { FormBesidePage } from '../document/form-beside-page.tsx';
import type { FormHandle } from '../document/form-store.ts';
import { fieldsFrom, type FormValues } from '../document/form-values.ts';
import { nameField } from '../document/name-field.ts';
import { useFormCheck } from '../document/use-form-check.ts';
import { useSignedRevision } from '../document/use-signed-revision.ts';
import { useNavigation } from '../navigation/navigation.tsx';
import { VerdictBar } from '../signatures/verdict-bar.tsx';
import { DuplicateNote } from './duplicate-note.tsx';
import type { UnsavedRegistration } from './incoming-register.tsx';
import { RegisterFields } from './register-fields.tsx';
import { WarningNotes } from './warning-notes.tsx';

interface RegisterEditorProps {
  readonly detail: IncomingDetail;
  readonly form: UnsavedRegistration;
  readonly handle: FormHandle<UnsavedRegistration>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

interface Duplicate {
  readonly arrivalNumber: number | string;
  readonly codeText: string;
}

/** The form of the incoming book beside the page. A number is taken only by the button or Ctrl+Enter. */
export function RegisterEditor({ detail, form, handle, onDone, onClose }: RegisterEditorProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { formElement, missing, check, touch } = useFormCheck('incoming');
  const [focused, setFocused] = useState<IncomingFieldName | null>(null);
  const [asking, setAsking] = useState<Duplicate | null>(null);
  const register = useCommand('incoming.register');
  const join = useCommand('incoming.joinToPaper');
  const { go } = useNavigation();
  const signed = useSignedRevision(detail.file?.fileId ?? null);
  const { values, proposed } = form;
  // A type may have a book of its own; until it has answered, the number of the other one stays.
  const next = useCall('incoming.nextNumber', { documentType: values.documentType }, { keepPrevious: true });
  const { change } = handle;
  const changed = values !== proposed;
  const waiting = incomingMachine.allows(detail.state, 'register');

  const setFields = useCallback(
    (part: Partial<FormValues<'incoming'>>) => {
      change((old) => ({ ...old, values: { ...old.values, ...part } }));
      touch(Object.keys(part));
    },
    [change, touch],
  );

  const submit = async (acceptDuplicate: boolean): Promise<void> => {
    if (!check(values)) return;
    const known = sameIdentity(values, detail.fields) ? detail.duplicates[0] : undefined;
    if (known !== undefined && !acceptDuplicate) {
      setAsking(known);
      return;
    }
    const outcome = await register.run({
      id: detail.id,
      revision: detail.revision,
      fields: fieldsFrom('incoming', values),
      acceptDuplicate,
    });
    if (!outcome.ok) {
      const { code, params } = outcome.failure;
      const { arrivalNumber, codeText } = params;
      if (code === 'DUPLICATE_DOCUMENT' && arrivalNumber !== undefined) {
        setAsking({ arrivalNumber, codeText: String(codeText ?? values.codeText) });
      }
      return;
    }
    finish(outcome.value.arrivalNumber);
  };
  const joinTo = async (paper: IncomingDetail['duplicates'][number]): Promise<void> => {
    const done = await join.run({ id: detail.id, revision: detail.revision, paperId: paper.id });
    if (!done.ok) return;
    handle.forget();
    notify({ tone: 'good', text: t('paper.joinedToast', { number: paper.arrivalNumber }) });
    go({ screen: 'incoming', box: 'in-progress', id: paper.id });
  };
  const finish = (number: number): void => {
    setAsking(null);
    handle.forget();
    notify({ tone: 'good', text: t('incoming.pane.toast.registered', { number }) });
    onDone();
  };
  // The answer was lost, but the book has the document: the step was taken.
  const taken = register.failure?.code === 'CORE_UNAVAILABLE' && !waiting ? detail.arrivalNumber : null;
  const finishTaken = useEffectEvent(finish);
  useEffect(() => {
    if (taken !== null) finishTaken(taken);
  }, [taken]);
  const leave = (): void => {
    if (changed) notify({ text: t('incoming.register.kept') });
    onClose();
  };
  useShortcut('Ctrl+Enter', () => void submit(false), waiting && !register.busy);
  useShortcut('Escape', leave, !register.busy);

  const duplicate = detail.duplicates[0];
  const same = sameIdentity(values, detail.fields);
  return (
    <>
      <FormBesidePage
        ref={formElement}
        title={t('incoming.register.title')}
        aside={
          next.data === undefined
            ? undefined
            : t('incoming.register.book', { book: next.data.bookName, year: next.data.year })
        }
        notes={
          same && duplicate !== undefined ? (
            <>
              <DuplicateNote
                duplicate={duplicate}
                join={
                  <Button busy={join.busy} disabled={!waiting} onClick={() => void joinTo(duplicate)}>
                    {t('paper.join')}
                  </Button>
                }
              />
              {join.failure === null ? null : <ErrorNote failure={join.failure} />}
            </>
          ) : null
        }
        end={
          <>
            {register.failure !== null && register.failure.code !== 'DUPLICATE_DOCUMENT' && (
              <ErrorNote failure={register.failure} onRetry={() => void submit(false)} busy={register.busy} />
            )}
            {missing.length > 0 && (
              <p role="alert">
                {t('incoming.register.missing', {
                  fields: missing.map((field) => nameField(t, 'incoming', field)).join(', '),
                })}
              </p>
            )}
            {!waiting && <p role="alert">{t('incoming.register.gone')}</p>}
            <Button
              variant="main"
              kbd="Ctrl+Enter"
              busy={register.busy}
              disabled={!waiting}
              onClick={() => void submit(false)}
            >
              {t(same && duplicate !== undefined ? 'incoming.register.actionAgain' : 'incoming.register.action')}
            </Button>
            <Button kbd="Escape" disabled={register.busy} onClick={leave}>
              {t('incoming.register.later')}
            </Button>
            {same && duplicate === undefined && waiting && (
              <span data-testid="duplicate-check">{t('incoming.register.unique')}</span>
            )}
          </>
        }
        page={
          <>
            {detail.verification !== null && (
              <VerdictBar
                report={detail.verification}
                busy={signed.busy}
                onShowSigned={(index) => void signed.show(index)}
              />
            )}
            <WarningNotes warnings={detail.warnings} />
            {detail.file === null ? (
              <EmptyState icon="file" title={t('incoming.pane.noFileTitle')} text={t('incoming.pane.noFileText')} />
            ) : (
              <DocumentPages
                file={detail.file}
                report={detail.verification}
                signed={signed}
                mark={focused === null ? null : (detail.regions[focused] ?? null)}
                hint={t('incoming.register.markHint')}
              />
            )}
          </>
        }
      >
        <RegisterFields
          detail={detail}
          form={form}
          nextNumber={next.data?.number ?? null}
          missing={missing}
          onChange={setFields}
          onFocusField={setFocused}
        />
      </FormBesidePage>
      {asking !== null && (
        <Dialog
          title={t('incoming.register.ask.title')}
          consequence={t('incoming.register.ask.text', { code: asking.codeText, number: asking.arrivalNumber })}
          closeLabel={t('incoming.register.ask.close')}
          action={{
            label: t('incoming.register.ask.action'),
            danger: true,
            busy: register.busy,
            run: () => void submit(true),
          }}
          onClose={() => setAsking(null)}
        >
          {register.failure !== null && register.failure.code !== 'DUPLICATE_DOCUMENT' && (
            <ErrorNote failure={register.failure} />
          )}
        </Dialog>
      )}
    </>
  );
}

type Identity = Pick<FormValues<'incoming'>, 'codeText' | 'date'>;

/** What makes two documents the same in the book; the sender does not change here. */
function sameIdentity(one: Identity, other: Identity): boolean {
  return one.codeText === other.codeText && one.date === other.date;
}
