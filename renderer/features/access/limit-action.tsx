import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayLimit } from '#shared/contract/access.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { LimitDialog } from './limit-dialog.tsx';

interface LimitActionProps {
  readonly document: { readonly id: string; readonly codeText: string; readonly limited: boolean };
}

/** "Phạm vi hẹp…", for those who may limit a document, in an office whose people sign in. */
export function LimitAction({ document }: LimitActionProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data } = useCall('session.state', {});
  const may = data?.person?.roles.some((role) => mayLimit.includes(role)) === true;
  // Where nobody signs in, whoever sits there sees everything.
  if (!may || (!data.required && !document.limited)) return null;
  return (
    <>
      <Button icon="lock" onClick={() => setOpen(true)}>
        {t('access.open')}
      </Button>
      {open && <LimitDialog document={document} onClose={() => setOpen(false)} />}
    </>
  );
}
