import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallFailure } from '../../api/call-failure.ts';
import { useNotify } from '../../components/notices.tsx';
import { describeError } from '../../i18n/describe-error.ts';

interface TakenRow {
  readonly codeText: string;
}

type Outcome = { readonly ok: true } | { readonly ok: false; readonly failure: CallFailure };

/** Takes a step with one document after the other. The first that cannot take it stops the rest, and is named. */
export function useStepsForRows() {
  const { t } = useTranslation();
  const notify = useNotify();
  return useCallback(
    async <Row extends TakenRow>(
      rows: readonly Row[],
      step: (row: Row) => Promise<Outcome>,
      done: (count: number) => string,
    ): Promise<void> => {
      let count = 0;
      for (const row of rows) {
        const outcome = await step(row);
        if (!outcome.ok) {
          const { what } = describeError(t, outcome.failure);
          notify({ tone: 'warn', text: t('list.menu.failed', { code: row.codeText, what }) });
          return;
        }
        count += 1;
      }
      notify({ tone: 'good', text: done(count) });
    },
    [t, notify],
  );
}
