import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unit } from '#shared/contract/people.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextField } from '../../components/text-field.tsx';
import { PositionField } from './position-field.tsx';
import { isPosition } from './position.ts';

interface UnitDialogProps {
  /** Null for one that is still to be made. */
  readonly unit: Unit | null;
  readonly onClose: () => void;
}

export function UnitDialog({ unit, onClose }: UnitDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const save = useCommand('people.saveUnit');
  const [name, setName] = useState(unit?.name ?? '');
  const [abbreviation, setAbbreviation] = useState(unit?.abbreviation ?? '');
  const [position, setPosition] = useState(String(unit?.position ?? 0));

  const run = async (): Promise<void> => {
    const outcome = await save.run({ unitId: unit?.id ?? null, name, abbreviation, position: Number(position) });
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('people.saved', { name }) });
    onClose();
  };

  return (
    <Dialog
      title={t(`people.unitTitle.${unit === null ? 'add' : unit.active ? 'edit' : 'back'}`)}
      action={{
        label: t('people.save'),
        run: () => void run(),
        busy: save.busy,
        disabled: name.trim() === '' || !isPosition(position),
      }}
      onClose={onClose}
    >
      <TextField label={t('people.unitName')} value={name} onChange={setName} maxLength={200} required autoFocus />
      <TextField
        label={t('people.abbreviation')}
        help={t('people.abbreviationHelp')}
        value={abbreviation}
        onChange={setAbbreviation}
        maxLength={30}
      />
      <PositionField value={position} onChange={setPosition} />
      {save.failure === null ? null : <ErrorNote failure={save.failure} />}
    </Dialog>
  );
}
