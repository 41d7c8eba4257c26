import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoredFile } from '#shared/contract/common.ts';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import type { OutgoingFieldName } from '#shared/domain/document-fields.ts';
import { outgoingBoxOf, type OutgoingBox } from '#shared/domain/outgoing-state.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { AttachmentPage } from '../document/attachment-page.tsx';
import { FormBesidePage } from '../document/form-beside-page.tsx';
import { nameField } from '../document/name-field.ts';
import { useFormCheck } from '../document/use-form-check.ts';
import { PageView } from '../../components/page-view/page-view.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { LetterFields } from './letter-fields.tsx';
import { LetterFiles } from './letter-files.tsx';
import { offersOf, othersOf, regionOf, type LetterForm } from './letter-form.ts';
import { LetterNotes } from './letter-notes.tsx';
import { originalOf } from './mended-note.tsx';
import { recipientSearchName } from './recipient-search.tsx';
import { useSaveLetter } from './use-save-letter.ts';
import { useReplaceFile } from './use-replace-file.ts';
import { isUnfinished, type UnsavedLetter, type UnsavedLetterHandle } from './unsaved-letters.ts';

interface LetterEditorProps {
  /** Of the form. */
  readonly letterKey: string;
  readonly handle: UnsavedLetterHandle;
  readonly letter: UnsavedLetter;
  /** The draft as the register has it now, when there is one. */
  readonly detail: OutgoingDetail | null;
  /** Saved, or saved and approved: the document, and the box that holds it now. */
  readonly onDone: (id: string, box: OutgoingBox) => void;
  readonly onClose: () => void;
}

/** The form of one letter, with its page. Saving and approving are deliberate: a button, Ctrl+S, Ctrl+Enter. */
export function LetterEditor({ letterKey, handle, letter, detail, onDone, onClose }: LetterEditorProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { formElement, missing, check, touch } = useFormCheck('outgoing');
  const [focused, setFocused] = useState<OutgoingFieldName | null>(null);
  const [needsRecipient, setNeedsRecipient] = useState(false);
  const [asking, setAsking] = useState(false);
  const save = useSaveLetter(letterKey, handle, letter, detail);
  const wanted = useRef(false);
  const { change } = handle;
  const changed = isUnfinished(letter);
  const [shown, setShown] = useState<StoredFile | null>(null);
  const replace = useReplaceFile(handle);

  const setForm = useCallback(
    (part: Partial<LetterForm>) => {
      const touched = Object.keys(part);
      change((old) => ({
        ...old,
        form: { ...old.form, ...part },
        // What the clerk typed came from her, whatever was there before.
        sources: Object.fromEntries(Object.entries(old.sources).filter(([field]) => !touched.includes(field))),
      }));
      touch(touched);
      if ('recipients' in part || 'inside' in part || 'onPaper' in part) setNeedsRecipient(false);
    },
    [change, touch],
  );
  const propose = useCallback(
    (recipients: LetterForm['recipients']) =>
      change((old) => ({ ...old, recipientsProposed: true, form: { ...old.form, recipients } })),
    [change],
  );

  const followLast = useCallback(
    (dueRule: LetterForm['dueRule']) => change((old) => ({ ...old, form: { ...old.form, dueRule } })),
    [change],
  );

  const finish = async (approve: boolean): Promise<void> => {
    wanted.current = approve;
    const lacksRecipient = approve && letter.form.recipients.length + othersOf(letter.form).length === 0;
    setNeedsRecipient(lacksRecipient);
    if (!check(letter.form, lacksRecipient ? [recipientSearchName] : [])) return;
    const saved = await save.run(approve);
    if (saved === null) return;
    notify({
      tone: 'good',
      text: approve ? t('outgoing.form.submitted', { code: letter.form.notation }) : t('outgoing.form.saved'),
    });
    onDone(saved.id, outgoingBoxOf(saved.state) ?? 'drafts');
  };
  const leave = (): void => {
    if (changed) notify({ text: t('outgoing.form.kept') });
    onClose();
  };
  const discard = (): void => {
    handle.forget();
    onClose();
  };

  useShortcut('Ctrl+S', () => void finish(false), !save.busy);
  useShortcut('Ctrl+Enter', () => void finish(true), !save.busy);
  useShortcut('Escape', leave, !save.busy);

  return (
    <>
      <FormBesidePage
        ref={formElement}
        title={t(letter.draft === null ? 'outgoing.form.newTitle' : 'outgoing.form.editTitle')}
        aside={
          changed ? (
            <>
              {t('outgoing.form.unsaved')}
              <Button variant="quiet" disabled={save.busy} onClick={() => setAsking(true)}>
                {t('outgoing.form.drop')}
              </Button>
            </>
          ) : undefined
        }
        notes={
          <LetterNotes
            letter={letter}
            returned={detail?.returned ?? null}
            onTake={(part) => {
              setForm(part);
              if (letter.proposal !== null && offersOf(letter.proposal, { ...letter.form, ...part }).length === 0) {
                change((old) => ({ ...old, replaced: 'settled' }));
              }
            }}
            onKeep={() => change((old) => ({ ...old, replaced: 'settled' }))}
            onDrop={() => setAsking(true)}
            onOriginal={() => setShown(originalOf(t, letter.file, letter.mended ?? null)[0] ?? null)}
            stale={detail !== null && letter.draft !== null && detail.revision > letter.draft.revision}
          />
        }
        end={
          <>
            {save.failure !== null && (
              <ErrorNote failure={save.failure} onRetry={() => void finish(wanted.current)} busy={save.busy} />
            )}
            {missing.length > 0 && (
              <p role="alert">
                {t('outgoing.form.missing', {
                  fields: missing.map((field) => nameField(t, 'outgoing', field)).join(', '),
                })}
              </p>
            )}
            {needsRecipient && <p role="alert">{t('outgoing.form.noRecipients')}</p>}
            <Button variant="main" kbd="Ctrl+Enter" busy={save.busy} onClick={() => void finish(true)}>
              {t('outgoing.form.submit')}
            </Button>
            <Button kbd="Ctrl+S" busy={save.busy} onClick={() => void finish(false)}>
              {t('outgoing.form.save')}
            </Button>
            <Button variant="quiet" kbd="Escape" disabled={save.busy} onClick={leave}>
              {t('outgoing.form.close')}
            </Button>
          </>
        }
        page={
          shown === null ? (
            <PageView
              key={letter.file.fileId}
              fileId={letter.file.fileId}
              fileName={letter.file.name}
              mark={regionOf(letter.proposal, focused)}
              {...(letter.proposal?.textFound === true ? { hint: t('outgoing.form.markHint') } : {})}
            />
          ) : (
            <AttachmentPage
              key={shown.fileId}
              file={shown}
              backLabel={t('outgoing.files.backToLetter')}
              onBack={() => setShown(null)}
            />
          )
        }
      >
        <LetterFields
          letter={letter}
          missing={missing}
          onChange={setForm}
          onFocusField={setFocused}
          onPropose={propose}
          onFollowLast={followLast}
          files={
            <LetterFiles
              file={letter.file}
              attachments={letter.form.attachments}
              replacing={replace.busy}
              replaceFailure={replace.failure}
              onReplace={() => void replace.run()}
              onChange={(attachments) => setForm({ attachments })}
              onView={setShown}
            />
          }
        />
      </FormBesidePage>
      {asking && (
        <Dialog
          title={t('outgoing.form.discard.title')}
          consequence={t(letter.draft === null ? 'outgoing.form.discard.textNew' : 'outgoing.form.discard.textEdit')}
          closeLabel={t('outgoing.form.discard.keep')}
          action={{ label: t('outgoing.form.discard.confirm'), danger: true, run: discard }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
