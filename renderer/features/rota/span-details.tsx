import { useTranslation } from 'react-i18next';
import { dutySpans, headOn } from '#shared/domain/rota.ts';
import { Button } from '../../components/button.tsx';
import { ArrivalsList } from './arrivals-list.tsx';
import { NumberMark } from './number-mark.tsx';
import { useRota, type Selection } from './rota-form.ts';
import { momentText, nameOf, officerOf } from './rota-words.ts';
import styles from './rota.module.css';

/** One shift or one gap: who it is, who is told of an express then, and what can be done about it. */
export function SpanDetails({ span }: { readonly span: Extract<Selection, { readonly kind: 'span' }> }) {
  const { t } = useTranslation();
  const { rota, now, select, substitute } = useRota();
  const { from, to, ofHead } = span;
  const officerId = ofHead ? headOn(rota, from) : (dutySpans(rota, from, to)[0]?.officerId ?? null);
  const start = Math.max(from, now);
  return (
    <>
      <div className={styles.details}>
        <p className={styles.who}>{nameOf(t, rota, officerId) ?? t('rota.span.gap')}</p>
        <p className={styles.soft}>{t('rota.until', { from: momentText(t, from), to: momentText(t, to) })}</p>
        {officerId === null ? null : <NumberMark officer={officerOf(rota, officerId)} long />}
        <div className={styles.actions}>
          {to <= now ? null : <Button onClick={() => substitute(start, to, ofHead)}>{t('rota.span.replace')}</Button>}
          <Button variant="quiet" onClick={() => select({ kind: ofHead ? 'office' : 'pattern' })}>
            {t(ofHead ? 'rota.problems.remedy.head' : 'rota.span.pattern')}
          </Button>
        </div>
      </div>
      {ofHead ? null : <ArrivalsList from={from} to={to} />}
    </>
  );
}
