import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { isIncomingSettled } from '#shared/domain/incoming-state.ts';
import { describeError } from '../../i18n/describe-error.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { Note } from '../document/note.tsx';

/** How far this office's question for a longer time has got; nothing once the work is done. */
export function ExtensionNote({ detail }: { readonly detail: IncomingDetail }) {
  const { t } = useTranslation();
  const { extension } = detail;
  if (extension === null || isIncomingSettled(detail.state)) return null;
  const { state, answer, errorCode } = extension;
  const until = formatDateTime(answer?.until ?? extension.until);
  const words = errorCode === null ? (answer?.reason ?? extension.reason) : describeError(t, { code: errorCode }).what;
  return (
    <Note
      title={t(`incoming.extension.states.${state}`, { until })}
      tone={state === 'refused' || state === 'not-taken' ? 'warn' : 'plain'}
    >
      {words}
    </Note>
  );
}
