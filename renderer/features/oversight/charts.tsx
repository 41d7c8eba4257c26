import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { useTranslation } from 'react-i18next';
import { ON_TIME_GOAL, type Oversight } from '#shared/domain/oversight.ts';
import { formatDecimal, formatNumber } from '../../i18n/format.ts';
import styles from './charts.module.css';

const WIDTH = 372;
const TREND_HEIGHT = 150;
const EDGE = 14;
const NAME = 78;
const BAR = 21;

/** Share opened on time, week by week; weeks without deliveries are left open. */
export function WeeksChart({ weeks }: Pick<Oversight, 'weeks'>) {
  const { t, i18n } = useTranslation();
  const shares = weeks.flatMap(({ day, received, onTime }) =>
    received === 0 ? [] : [{ day, share: (onTime / received) * 100 }],
  );
  const lowest = Math.min(80, ...shares.map(({ share }) => share));
  const x = scalePoint()
    .domain(weeks.map(({ day }) => day))
    .range([EDGE, WIDTH - 4 * EDGE]);
  const y = scaleLinear()
    .domain([lowest, 100])
    .range([TREND_HEIGHT - 2 * EDGE, EDGE]);
  const path = line<(typeof shares)[number]>(
    ({ day }) => x(day) ?? 0,
    ({ share }) => y(share),
  )(shares);
  const goal = y(ON_TIME_GOAL * 100);
  const first = shares[0];
  const last = shares.at(-1);
  const said = (share: number): string => formatDecimal(share, i18n.language);
  const shownDays = [weeks[0], weeks.at(Math.floor(weeks.length / 2)), weeks.at(-1)].flatMap((week) => week ?? []);
  const summary = shares.map(({ day, share }) => `${dayOf(day)}: ${said(share)} %`).join('; ');
  return (
    <figure className={styles.figure}>
      <figcaption>{t('oversight.weeks')}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${TREND_HEIGHT}`} role="img" aria-label={`${t('oversight.weeks')}. ${summary}`}>
        <line x1={0} x2={WIDTH} y1={goal} y2={goal} className={styles.goal} />
        <text x={0} y={goal - 5}>
          {t('oversight.goal', { percent: ON_TIME_GOAL * 100 })}
        </text>
        <line x1={0} x2={WIDTH} y1={TREND_HEIGHT - 20} y2={TREND_HEIGHT - 20} className={styles.axis} />
        {path === null ? null : <path d={path} className={styles.line} />}
        {first && first !== last ? (
          <text x={x(first.day)} y={y(first.share) + 18}>
            {said(first.share)}
          </text>
        ) : null}
        {last ? (
          <>
            <circle cx={x(last.day)} cy={y(last.share)} r={4} className={styles.point} />
            <text x={(x(last.day) ?? 0) + 8} y={y(last.share) + 4} className={styles.value}>
              {said(last.share)}
            </text>
          </>
        ) : null}
        {shownDays.map(({ day }, place) => (
          <text
            key={day}
            x={x(day)}
            y={TREND_HEIGHT - 5}
            textAnchor={place === 0 ? 'start' : place === shownDays.length - 1 ? 'end' : 'middle'}
          >
            {dayOf(day)}
          </text>
        ))}
      </svg>
    </figure>
  );
}

/** How many were opened within what time of office hours, and how many by nobody. */
export function OpeningChart({
  openedWithin,
  notOpened,
}: Pick<Oversight, 'openedWithin'> & { readonly notOpened: number }) {
  const { t, i18n } = useTranslation();
  const names = ['5', '15', '30', '60', '120', '240', 'more'] as const;
  const bars = [
    ...names.map((name, place) => ({
      name: t(`oversight.within.${name}`),
      count: openedWithin[place] ?? 0,
      kind: place,
    })),
    { name: t('oversight.within.never'), count: notOpened, kind: names.length },
  ];
  const width = scaleLinear()
    .domain([0, Math.max(1, ...bars.map(({ count }) => count))])
    .range([0, WIDTH - NAME - 60]);
  return (
    <figure className={styles.figure}>
      <figcaption>{t('oversight.opening')}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${bars.length * BAR}`}
        role="img"
        aria-label={`${t('oversight.opening')}. ${bars.map(({ name, count }) => `${name}: ${count}`).join('; ')}`}
      >
        {bars.map(({ name, count, kind }, place) => (
          <g key={name}>
            <text x={0} y={place * BAR + 15}>
              {name}
            </text>
            <rect
              x={NAME}
              y={place * BAR + 4}
              height={13}
              width={width(count)}
              className={kind < 4 ? styles.soon : kind < names.length ? styles.long : styles.never}
            />
            <text x={NAME + width(count) + 7} y={place * BAR + 15} className={styles.value}>
              {formatNumber(count, i18n.language)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}

function dayOf(day: string): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}`;
}
