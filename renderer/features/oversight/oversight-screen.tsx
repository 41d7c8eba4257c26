import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/contract.ts';
import { addDays, formatVnDate, vietnamDay } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { AgencyDeliveries } from './agency-deliveries.tsx';
import { OpeningChart, WeeksChart } from './charts.tsx';
import { type PeriodKind, periodKinds, periodOf } from './period.ts';
import { type Overseen, Ranking } from './ranking.tsx';
import { change, inHours, percentOf, signed } from './words.ts';
import styles from './oversight.module.css';

/** Who opens what when, for an office that supervises others. */
export function OversightScreen() {
  const { t } = useTranslation();
  const [kind, setKind] = useState<PeriodKind>('month');
  const [back, setBack] = useState(0);
  const [today] = useState(() => vietnamDay(Date.now()));
  const [chosen, setChosen] = useState<Overseen | null>(null);
  const period = periodOf(kind, back, today);
  const found = useCall('oversight.figures', period, { keepPrevious: true });
  const shown = found.data;
  return (
    <section className={styles.screen} aria-label={t('frame.oversight')} aria-busy={found.isFetching}>
      <div className={styles.bar}>
        <h1>{t('frame.oversight')}</h1>
        <div role="group" aria-label={t('oversight.period')} className={styles.kinds}>
          {periodKinds.map((one) => (
            <Button
              key={one}
              aria-pressed={one === kind}
              onClick={() => {
                setKind(one);
                setBack(0);
              }}
            >
              {t(`oversight.kinds.${one}`)}
            </Button>
          ))}
        </div>
        <Button label={t('oversight.earlier')} onClick={() => setBack(back + 1)}>
          ‹
        </Button>
        <span role="status">
          {formatVnDate(period.from)} – {formatVnDate(addDays(period.to, -1))}
        </span>
        <Button label={t('oversight.later')} disabled={back === 0} onClick={() => setBack(back - 1)}>
          ›
        </Button>
      </div>
      {found.error ? <ErrorNote failure={found.error} onRetry={() => void found.refetch()} /> : null}
      {shown ? (
        <>
          <Totals figures={shown} />
          <div className={styles.parts}>
            {/* A region that scrolls has to be reachable with the keyboard. */}
            <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('oversight.agency')}>
              <Ranking agencies={shown.agencies} chosen={chosen?.code ?? null} onChoose={setChosen} />
            </div>
            <div className={styles.side}>
              {chosen ? (
                <AgencyDeliveries
                  key={`${chosen.code} ${period.from} ${period.to}`}
                  agency={chosen}
                  period={period}
                  onClose={() => setChosen(null)}
                />
              ) : null}
              <WeeksChart weeks={shown.weeks} />
              <OpeningChart openedWithin={shown.openedWithin} notOpened={shown.totals.received - shown.totals.opened} />
              <Urgencies urgencies={shown.urgencies} />
            </div>
          </div>
        </>
      ) : null}
    </section>
  );
}

type Figures = CallOutput<'oversight.figures'>;

/** Few figures, each with its change in words. */
function Totals({ figures: { totals, before, agencies } }: { readonly figures: Figures }) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const points = (now: number, then: number): string =>
    Number.isFinite(now - then) ? t('oversight.points', { points: signed((now - then) * 100, locale) }) : '';
  const unreachable = agencies.filter(({ isUnreachable }) => isUnreachable).length;
  const tiles = [
    {
      id: 'received',
      value: formatNumber(totals.received, locale),
      change: change(totals.received, before.received, locale),
    },
    {
      id: 'onTimeShare',
      value: `${percentOf(totals.onTime, totals.received, locale)} %`,
      change: points(totals.onTime / totals.received, before.onTime / before.received),
    },
    {
      id: 'median',
      value: inHours(t, totals.after.opened.medianWorking),
      change: t('oversight.was', { value: inHours(t, before.after.opened.medianWorking) }),
    },
    {
      id: 'expressLate',
      value: formatNumber(totals.expressOpenedLate, locale),
      change: t('oversight.ofExpress', { count: totals.expressReceived, was: before.expressOpenedLate }),
      isBad: totals.expressOpenedLate > 0,
    },
    {
      id: 'withoutPaper',
      value: `${percentOf(totals.withoutPaper, totals.sent, locale)} %`,
      change: points(totals.withoutPaper / totals.sent, before.withoutPaper / before.sent),
    },
    { id: 'unreachable', value: formatNumber(unreachable, locale), change: t('oversight.notLate') },
  ] as const;
  return (
    <dl className={styles.totals}>
      {tiles.map((tile) => (
        <div key={tile.id}>
          <dt>{t(`oversight.totals.${tile.id}`)}</dt>
          <dd className={'isBad' in tile && tile.isBad ? styles.bad : undefined}>{tile.value}</dd>
          <dd className={styles.change}>{tile.change}</dd>
        </div>
      ))}
    </dl>
  );
}

function Urgencies({ urgencies }: Pick<Figures, 'urgencies'>) {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.urgencies}>
      <h2>{t('oversight.byUrgency')}</h2>
      <dl>
        {urgencies
          .filter(({ received }) => received > 0)
          .map(({ urgency, received, onTime }) => (
            <div key={urgency}>
              <dt>{t(`common.urgency.${urgency}`)}</dt>
              <dd>
                {percentOf(onTime, received, i18n.language)} % / {formatNumber(received, i18n.language)}
              </dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
