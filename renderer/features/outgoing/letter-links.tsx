import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { Button } from '../../components/button.tsx';
import { Note } from '../document/note.tsx';
import { useNavigation } from '../navigation/navigation.tsx';
import { ReturnedNote } from './returned-note.tsx';

/** Why a letter was sent back or cancelled, and the letters that it was made of or became. */
export function LetterLinks({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { returned, madeFrom, madeInto, reason, state } = detail;
  return (
    <>
      <ReturnedNote returned={returned} />
      {state === 'cancelled' && reason !== null && <Note title={t('outgoing.again.cancelled')}>{reason}</Note>}
      {madeFrom !== null && (
        <Note
          tone="plain"
          title={t('outgoing.again.from', { code: madeFrom.codeText })}
          action={
            <Button onClick={() => go({ screen: 'outgoing', box: 'cancelled', id: madeFrom.id })}>
              {t('outgoing.again.open')}
            </Button>
          }
        >
          {madeFrom.reason}
        </Note>
      )}
      {madeInto.map(({ id, codeText }) => (
        <Note
          key={id}
          tone="plain"
          title={t('outgoing.again.into', { code: codeText })}
          action={
            <Button onClick={() => go({ screen: 'outgoing', box: 'drafts', id })}>{t('outgoing.again.open')}</Button>
          }
        />
      ))}
    </>
  );
}
