import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Select } from '../../components/select.tsx';

export interface Removed {
  readonly kind: 'unit' | 'person';
  readonly id: string;
  readonly name: string;
}

interface RemoveDialogProps {
  readonly removed: Removed;
  /** Who can take over. */
  readonly others: readonly { readonly id: string; readonly name: string }[];
  readonly onClose: () => void;
}

/** Takes a unit or a person out of use; what is assigned to it goes to another. */
export function RemoveDialog({ removed, others, onClose }: RemoveDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const removeUnit = useCommand('people.removeUnit');
  const removePerson = useCommand('people.removePerson');
  const [to, setTo] = useState('');
  const { kind, id, name } = removed;
  const failure = removeUnit.failure ?? removePerson.failure;

  const run = async (): Promise<void> => {
    const handOverTo = to === '' ? null : to;
    const outcome =
      kind === 'unit'
        ? await removeUnit.run({ unitId: id, handOverTo })
        : await removePerson.run({ personId: id, handOverTo });
    if (!outcome.ok) return;
    const { handedOver: count } = outcome.value;
    notify({ text: count === 0 ? t('people.removed', { name }) : t('people.removedHandedOver', { name, count }) });
    onClose();
  };

  return (
    <Dialog
      title={t(kind === 'unit' ? 'people.removeUnitTitle' : 'people.removePersonTitle', { name })}
      consequence={t(kind === 'unit' ? 'people.removeUnitText' : 'people.removePersonText')}
      action={{
        label: t('people.removeAction'),
        run: () => void run(),
        busy: removeUnit.busy || removePerson.busy,
        danger: true,
      }}
      onClose={onClose}
    >
      <Select
        label={t('people.handOver')}
        value={to}
        onChange={setTo}
        options={[
          { value: '', label: t('people.handOverNobody') },
          ...others.map((other) => ({ value: other.id, label: other.name })),
        ]}
      />
      {failure === null ? null : <ErrorNote failure={failure} />}
    </Dialog>
  );
}
