import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { documentFields, fieldsOf, type IncomingFieldName } from '#shared/domain/document-fields.ts';
import { incomingMachine } from '#shared/domain/incoming-state.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { useNotify } from '../../components/notices.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { DocumentPages } from '../document/document-pages.tsx';
import { FormBesidePage } from '../document/form-beside-page.tsx';
import { fieldsFrom, missingFields, type FormValues } from '../document/form-values.ts';
import type { FormHandle } from '../forms/form-store.ts';
import { nameField } from '../document/name-field.ts';
import { useFirstFocus } from '../document/use-first-focus.ts';
import { useFormCheck } from '../document/use-form-check.ts';
import { useSignedRevision } from '../document/use-signed-revision.ts';
import { useNavigation } from '../navigation/navigation.tsx';
import { VerdictBar } from '../signatures/verdict-bar.tsx';
import { DuplicateNote } from './duplicate-note.tsx';
import { ForwardField } from './forward-field.tsx';
import styles from './register-editor.module.css';
import { RegisterFields } from './register-fields.tsx';
import { registrationForm, type UnsavedRegistration } from './unsaved-registrations.ts';
import { useSignerDoubts, WarningNotes } from './warning-notes.tsx';

interface RegisterEditorProps {
  readonly detail: IncomingDetail;
  readonly form: UnsavedRegistration;
  readonly handle: FormHandle<UnsavedRegistration>;
  /** Another letter comes after this one. */
  readonly hasNext: boolean;
  /** Answers whether another letter opens now. */
  readonly onDone: (number: number) => boolean;
  readonly onClose: () => void;
}

const FORWARD_MAX = documentFields.forwardTo.max;

interface Duplicate {
  readonly arrivalNumber: number | string;
  readonly codeText: string;
}

/** The form of the incoming book beside the page. A number is taken only by the button or Ctrl+Enter. */
export function RegisterEditor({ detail, form, handle, hasNext, onDone, onClose }: RegisterEditorProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { formElement, missing, check, touch } = useFormCheck('incoming');
  const [focused, setFocused] = useState<IncomingFieldName | null>(null);
  const [asking, setAsking] = useState<Duplicate | null>(null);
  const register = useCommand('incoming.register');
  const join = useCommand('incoming.joinToPaper');
  const attach = useCommand('incoming.attachTo');
  const { go } = useNavigation();
  const signed = useSignedRevision(detail.file?.fileId ?? null);
  const doubts = useSignerDoubts(detail.warnings);
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

  const same = sameIdentity(values, detail.fields);
  /** Until number and date are others; the same page stays the same. */
  const looksAlike = (filledIn: FormValues<'incoming'>) =>
    detail.duplicates.find((one) => one.sameFile || sameIdentity(filledIn, detail.fields));
  const submit = async (acceptDuplicate: boolean): Promise<void> => {
    // The key that registers may just have taken what was marked in "Chuyển tới".
    const filledIn = (handle.read() ?? form).values;
    if (!check(filledIn)) return;
    const known = looksAlike(filledIn);
    if (known !== undefined && known.arrivalNumber !== null && !acceptDuplicate) {
      setAsking({ codeText: known.codeText, arrivalNumber: known.arrivalNumber });
      return;
    }
    const outcome = await register.run({
      id: detail.id,
      revision: detail.revision,
      fields: fieldsFrom('incoming', filledIn),
      ...(detail.received === null ? { arrivedOn: (handle.read() ?? form).arrivedOn ?? null } : {}),
      acceptDuplicate,
      endsForm: registrationForm(detail.id),
    });
    if (!outcome.ok) {
      const { code, params } = outcome.failure;
      const { arrivalNumber, codeText } = params;
      if (code === 'DUPLICATE_DOCUMENT' && arrivalNumber !== undefined) {
        setAsking({ arrivalNumber, codeText: String(codeText ?? filledIn.codeText) });
      }
      return;
    }
    finish(outcome.value.arrivalNumber);
  };
  const joinTo = async (paper: IncomingDetail['duplicates'][number]): Promise<void> => {
    const done = await join.run({
      id: detail.id,
      revision: detail.revision,
      paperId: paper.id,
      endsForm: registrationForm(detail.id),
    });
    if (!done.ok) return;
    handle.forget();
    notify({ tone: 'good', text: t('paper.joinedToast', { number: paper.arrivalNumber ?? '' }) });
    go({ screen: 'incoming', box: 'in-progress', id: paper.id });
  };
  const attachToOther = async (other: IncomingDetail['duplicates'][number]): Promise<void> => {
    const done = await attach.run({
      id: detail.id,
      revision: detail.revision,
      targetId: other.id,
      endsForm: registrationForm(detail.id),
    });
    if (!done.ok) return;
    handle.forget();
    const { arrivalNumber: number } = other;
    notify({
      tone: 'good',
      text: number === null ? t('incoming.takeIn.attachedWaiting') : t('incoming.takeIn.attached', { number }),
    });
    go({ screen: 'incoming', box: number === null ? 'to-register' : 'in-progress', id: other.id });
  };
  const finish = (number: number): void => {
    setAsking(null);
    handle.forget();
    // In the lane its strip says so.
    if (!onDone(number)) notify({ tone: 'good', text: t('incoming.pane.toast.registered', { number }) });
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
  const wantsLook = fieldToCheck(detail, values);
  useFirstFocus(formElement, wantsLook);
  useShortcut('Ctrl+Enter', () => void submit(false), waiting && !register.busy);
  useShortcut('Escape', leave, !register.busy);

  const duplicate = looksAlike(values);
  // What was taken in joins what is here; what came through the exchange takes in what has its number already.
  const attaches = detail.received === null;
  const joins = attaches || (duplicate?.onPaper === true && duplicate.arrivalNumber !== null);
  const matches = matchesPage(detail);
  const bookWords = next.data && t('incoming.register.book', { book: next.data.bookName, year: next.data.year });
  return (
    <>
      <FormBesidePage
        ref={formElement}
        title={t('incoming.register.title')}
        aside={<Checks matches={matches} unique={same && duplicate === undefined && waiting} />}
        notes={
          duplicate !== undefined ? (
            <>
              <DuplicateNote
                duplicate={duplicate}
                join={
                  joins ? (
                    <Button
                      busy={join.busy || attach.busy}
                      disabled={!waiting}
                      onClick={() => void (attaches ? attachToOther(duplicate) : joinTo(duplicate))}
                    >
                      {t('incoming.takeIn.attach')}
                    </Button>
                  ) : undefined
                }
              />
              {join.failure === null ? null : <ErrorNote failure={join.failure} />}
              {attach.failure === null ? null : <ErrorNote failure={attach.failure} />}
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
              {t(
                duplicate !== undefined
                  ? 'incoming.register.actionAgain'
                  : hasNext
                    ? 'incoming.register.actionNext'
                    : 'incoming.register.action',
              )}
            </Button>
            <Button kbd="Escape" disabled={register.busy} onClick={leave}>
              {t('incoming.register.later')}
            </Button>
            {bookWords === undefined ? null : (
              <span className={styles.book} title={bookWords}>
                {bookWords}
              </span>
            )}
          </>
        }
        pinned={
          <ForwardField
            value={values.forwardTo}
            onChange={(forwardTo) => setFields({ forwardTo })}
            onFocus={() => setFocused('forwardTo')}
            agencyName={values.agencyName}
            maxLength={FORWARD_MAX}
          />
        }
        page={
          <>
            {detail.verification !== null && (
              <VerdictBar
                report={detail.verification}
                doubts={doubts}
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
          onArrivedOn={(arrivedOn) => change((old) => ({ ...old, arrivedOn }))}
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

/** The first field that wants a look before the number is taken; "Chuyển tới" where all is clear. */
function fieldToCheck({ fieldSources }: IncomingDetail, values: FormValues<'incoming'>): IncomingFieldName {
  const missing = missingFields('incoming', values);
  const wanted = fieldsOf('incoming').find((name) => fieldSources[name] === 'check' || missing.includes(name));
  return wanted ?? 'forwardTo';
}

/** What was compared, where there is nothing to look at: small and quiet. */
function Checks({ matches, unique }: { readonly matches: boolean; readonly unique: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {matches && <Check text={t('incoming.register.matches')} />}
      {unique && (
        <span data-testid="duplicate-check">
          <Check text={t('incoming.register.unique')} />
        </span>
      )}
    </>
  );
}

function Check({ text }: { readonly text: string }) {
  return (
    <span className={styles.check}>
      <Icon name="check" size={13} /> {text}
    </span>
  );
}

/** Everything that the message says was found on its page as well, or the page alone says it; and nothing is odd. */
function matchesPage({ file, fieldSources, warnings }: IncomingDetail): boolean {
  const sources = Object.values(fieldSources);
  return file !== null && warnings.length === 0 && sources.length > 0 && !sources.includes('check');
}

type Identity = Pick<FormValues<'incoming'>, 'codeText' | 'date'>;

/** What makes two documents the same in the book; the sender does not change here. */
function sameIdentity(one: Identity, other: Identity): boolean {
  return one.codeText === other.codeText && one.date === other.date;
}
