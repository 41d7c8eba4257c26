import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/use-call.ts';
import { FormStore, useStoredForm } from '../document/form-store.ts';
import { valuesOf, type FormValues } from '../document/form-values.ts';
import { PaneOpening } from '../document/pane-opening.tsx';
import { RegisterEditor } from './register-editor.tsx';

interface IncomingRegisterProps {
  readonly id: string;
  /** The document has its arrival number. */
  readonly onDone: () => void;
  /** "Để sau": what was typed is kept. */
  readonly onClose: () => void;
}

/** A registration being filled in. */
export interface UnsavedRegistration {
  readonly values: FormValues<'incoming'>;
  /** What the form started from. */
  readonly proposed: FormValues<'incoming'>;
}

const registrations = new FormStore<UnsavedRegistration>();

/** Fills the whole main area: the form of the incoming book at the left, the document at the right. */
export function IncomingRegister({ id, onDone, onClose }: IncomingRegisterProps) {
  const { t } = useTranslation();
  const detail = useCall('incoming.get', { id });
  const handle = useStoredForm(registrations, id);
  const { form, start } = handle;
  const { data } = detail;

  useEffect(() => {
    if (form !== null || data === undefined) return;
    const proposed = valuesOf('incoming', data.fields);
    start({ values: proposed, proposed });
  }, [form, data, start]);
  useEffect(
    () => () => {
      const left = registrations.get(id);
      if (left !== null && left.values === left.proposed) registrations.delete(id);
    },
    [id],
  );

  if (data === undefined || form === null) {
    return <PaneOpening opening={detail} label={t('incoming.pane.loading')} />;
  }
  return <RegisterEditor key={id} detail={data} form={form} handle={handle} onDone={onDone} onClose={onClose} />;
}
