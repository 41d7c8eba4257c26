import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/use-call.ts';
import { valuesOf } from '../document/form-values.ts';
import { PaneOpening } from '../document/pane-opening.tsx';
import { RegisterEditor } from './register-editor.tsx';
import { useForwardChoices } from './use-forward-choices.ts';
import { forgetUnchangedRegistration, useUnsavedRegistration } from './unsaved-registrations.ts';

interface IncomingRegisterProps {
  readonly id: string;
  /** Another letter comes after this one. */
  readonly hasNext: boolean;
  /** The document has its arrival number. Answers whether another letter opens now. */
  readonly onDone: (number: number) => boolean;
  /** "Để sau": what was typed is kept. */
  readonly onClose: () => void;
}

/** Fills the whole main area: the form of the incoming book at the left, the document at the right. */
export function IncomingRegister({ id, hasNext, onDone, onClose }: IncomingRegisterProps) {
  const { t } = useTranslation();
  const detail = useCall('incoming.get', { id });
  const handle = useUnsavedRegistration(id);
  const { form, start } = handle;
  const { data } = detail;
  // Asked before the form shows: the key that registers takes where the letter is proposed to go, however soon it comes.
  const forward = useForwardChoices(data?.fields.agencyName);

  useEffect(() => {
    if (form !== null || data === undefined) return;
    const proposed = valuesOf('incoming', data.fields);
    start({ values: proposed, proposed });
  }, [form, data, start]);
  useEffect(() => () => forgetUnchangedRegistration(id), [id]);

  if (data === undefined || form === null || forward.isPending) {
    return <PaneOpening opening={detail} label={t('incoming.pane.loading')} />;
  }
  return <RegisterEditor key={id} detail={data} {...{ form, handle, hasNext, onDone, onClose }} />;
}
