import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import type { PickedFile } from '#shared/contract/shell.ts';
import type { OutgoingBox } from '#shared/domain/outgoing-state.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { emptyLetterForm, formFromDetail, formFromProposal, sourcesFromProposal } from './letter-form.ts';
import { LetterEditor } from './letter-editor.tsx';
import { LetterStart } from './letter-start.tsx';
import { forgetUnchangedLetter, isUnfinished, newLetterKey, pickedFiles, useUnsavedLetter } from './unsaved-letters.ts';

interface OutgoingFormProps {
  /** A draft to be edited; null for a new letter. */
  readonly draftId: string | null;
  /** A new letter that was begun before; null to begin one. */
  readonly begunKey?: string | null;
  /** A file that was dropped on the window: read at once. */
  readonly picked?: PickedFile | null;
  /** Who gets the picked letter, when that is known already. */
  readonly recipients?: readonly DirectoryAgency[] | null;
  /** A new letter has its file and its key, or one that was begun before is chosen: from now on it is found under that. */
  readonly onBegun?: (key: string) => void;
  /** Saved, or saved and approved: the document to show next, and the box that holds it now. */
  readonly onDone: (id: string, box: OutgoingBox) => void;
  /** Left without saving; what was typed is kept unless it was thrown away here. */
  readonly onClose: () => void;
}

/** Fills the whole main area: the form at the left, the letter's pages at the right. */
export function OutgoingForm({ draftId, ...props }: OutgoingFormProps) {
  return draftId === null ? <NewLetter {...props} /> : <DraftLetter key={draftId} {...props} draftId={draftId} />;
}

function NewLetter({
  begunKey = null,
  picked = null,
  recipients = null,
  onBegun,
  onDone,
  onClose,
}: Omit<OutgoingFormProps, 'draftId'>) {
  const [key] = useState(() => begunKey ?? newLetterKey());
  const handle = useUnsavedLetter(key);
  const ownName = useCall('office.identity', {}).data?.agency?.name ?? '';
  const propose = useCommand('letters.propose');
  const taken = useRef<PickedFile | null>(null);
  const { form: letter, start } = handle;
  const { run } = propose;

  const read = useCallback(
    async (file: PickedFile): Promise<void> => {
      const outcome = await run({ token: file.token });
      if (!outcome.ok) return;
      const { proposal } = outcome.value;
      const known = file === picked ? recipients : null;
      const form = { ...formFromProposal(proposal, ownName), ...(known === null ? {} : { recipients: known }) };
      start({
        ...pickedFiles(outcome.value),
        proposal,
        otherAgency: outcome.value.otherAgency,
        form,
        saved: emptyLetterForm,
        sources: sourcesFromProposal(proposal),
        recipientsProposed: known !== null,
        replaced: 'no',
        draft: null,
      });
    },
    [run, start, ownName, picked, recipients],
  );

  useEffect(() => {
    if (picked === null || taken.current === picked) return;
    taken.current = picked;
    void read(picked);
  }, [picked, read]);
  const tellBegun = useEffectEvent(() => onBegun?.(key));
  const isBegun = letter !== null && begunKey === null;
  useEffect(() => {
    if (isBegun) tellBegun();
  }, [isBegun]);

  return letter === null ? (
    <LetterStart
      reading={propose.busy}
      failure={propose.failure}
      onFile={(file) => void read(file)}
      onGoOn={(begun) => onBegun?.(begun)}
      onClose={onClose}
    />
  ) : (
    <LetterEditor letterKey={key} handle={handle} letter={letter} detail={null} onDone={onDone} onClose={onClose} />
  );
}

function DraftLetter({ draftId, onDone, onClose }: OutgoingFormProps & { readonly draftId: string }) {
  const { t } = useTranslation();
  const handle = useUnsavedLetter(draftId);
  const detail = useCall('outgoing.get', { id: draftId });
  const { form: letter, start } = handle;
  const { data } = detail;

  useEffect(() => {
    if (letter !== null || data === undefined) return;
    const form = formFromDetail(data);
    start({
      file: data.file,
      mended: data.mended,
      proposal: null,
      otherAgency: null,
      form,
      saved: form,
      sources: {},
      recipientsProposed: true,
      replaced: 'no',
      draft: { id: data.id, revision: data.revision },
    });
  }, [letter, data, start]);

  // Not changed here but elsewhere: shows the newer one.
  useEffect(() => {
    if (letter === null || data === undefined || data.revision === letter.draft?.revision) return;
    if (!isUnfinished(letter)) handle.forget();
  }, [letter, data, handle]);

  useEffect(() => () => forgetUnchangedLetter(draftId), [draftId]);

  if (detail.error !== null && letter === null) {
    return <ErrorNote failure={detail.error} onRetry={() => void detail.refetch()} busy={detail.isFetching} />;
  }
  if (letter === null) return <ProgressLine label={t('common.loading')} />;
  return (
    <LetterEditor
      letterKey={draftId}
      handle={handle}
      letter={letter}
      detail={data ?? null}
      onDone={onDone}
      onClose={onClose}
    />
  );
}
