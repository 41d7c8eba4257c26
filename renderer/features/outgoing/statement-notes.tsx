import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { describeError } from '../../i18n/describe-error.ts';
import { Note } from '../document/note.tsx';

/** What this office said of recipients and the exchange has not heard, or does not count. */
export function StatementNotes({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  return (
    <>
      {detail.statements.map(({ recipient, event, at, state, errorCode }) => {
        const what = t(`document.stated.${event}` as 'document.stated.opened');
        const title =
          state === 'refused'
            ? t('outgoing.watch.statementRefused', {
                event: what,
                error: describeError(t, { code: errorCode ?? '' }).what,
              })
            : t('outgoing.watch.statementWaiting', { event: what });
        const agency = detail.watched.find(({ delivery }) => delivery.recipient === recipient)?.agencyName ?? '';
        return (
          <Note key={`${recipient} ${event} ${at}`} title={title} tone={state === 'refused' ? 'warn' : 'plain'}>
            {agency}
          </Note>
        );
      })}
    </>
  );
}
