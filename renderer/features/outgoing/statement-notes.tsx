import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { describeError } from '../../i18n/describe-error.ts';
import { Note } from '../document/note.tsx';

/** What this office said of recipients and the exchange has not heard, or does not count. */
export function StatementNotes({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  return (
    <>
      {alike(detail.statements).map(({ recipients, event, at, state, errorCode }) => {
        const what = t(`document.stated.${event}` as 'document.stated.opened');
        const title =
          state === 'refused'
            ? t('outgoing.watch.statementRefused', {
                event: what,
                error: describeError(t, { code: errorCode ?? '' }).what,
              })
            : t('outgoing.watch.statementWaiting', { event: what });
        const agencies = recipients.map(
          (code) => detail.watched.find(({ delivery }) => delivery.recipient === code)?.agencyName ?? '',
        );
        return (
          <Note key={`${recipients.join()} ${event} ${at}`} title={title} tone={state === 'refused' ? 'warn' : 'plain'}>
            {agencies.join(', ')}
          </Note>
        );
      })}
    </>
  );
}

type Stated = OutgoingDetail['statements'][number];
type Alike = Omit<Stated, 'recipient'> & { readonly recipients: readonly string[] };

/** The same said of several recipients at once is one line. */
function alike(statements: readonly Stated[]): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const { recipient, ...said } of statements) {
    const key = [said.event, said.at, said.state, said.errorCode].join(' ');
    const group = groups.get(key) ?? { ...said, recipients: [] };
    groups.set(key, { ...group, recipients: [...group.recipients, recipient] });
  }
  return [...groups.values()];
}
