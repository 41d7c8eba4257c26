import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/contract.ts';
import { addDays, formatVnDate } from '#shared/domain/vn-date.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { OpeningChart, WeeksChart } from './charts.tsx';
import type { Period } from './period.ts';
import { type Overseen, rankAgencies } from './rank-agencies.ts';
import { StepTimesTable } from './step-times.tsx';
import { inHours, percentOf } from './words.ts';
import styles from './report-page.module.css';

interface ReportPageProps {
  readonly office: string;
  readonly period: Period;
  readonly figures: CallOutput<'oversight.figures'>;
  /** When it was printed. */
  readonly madeAt: string;
}

/** The figures of a period on paper: every agency, nothing folded away. */
export function ReportPage({ office, period, figures, madeAt }: ReportPageProps) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const { totals } = figures;
  const { late, middle, best, unreachable, silent } = rankAgencies(figures.agencies);
  const rows = (agencies: readonly Overseen[]) => agencies.map((agency) => <Row key={agency.code} agency={agency} />);
  return (
    <article className={styles.report}>
      <p className={styles.office}>{office}</p>
      <h1>{t('oversight.report.title')}</h1>
      <p className={styles.period}>
        {t('oversight.report.period', {
          from: formatVnDate(period.from),
          to: formatVnDate(addDays(period.to, -1)),
          now: formatDateTime(madeAt),
        })}
      </p>
      <ul className={styles.totals}>
        <li>
          {t('oversight.report.received', {
            count: totals.received,
            share: percentOf(totals.onTime, totals.received, locale),
          })}
        </li>
        <li>
          {t('oversight.report.express', {
            count: totals.expressOpenedLate,
            of: formatNumber(totals.expressReceived, locale),
          })}
        </li>
        <li>
          {t('oversight.report.due', {
            count: totals.due,
            inTime: formatNumber(totals.finishedInTime, locale),
            share: percentOf(totals.finishedInTime, totals.due, locale),
          })}
        </li>
        <li>
          {t('oversight.report.sent', {
            count: totals.sent,
            without: formatNumber(totals.withoutPaper, locale),
            paper: formatNumber(totals.paperOnly, locale),
          })}
        </li>
        <li>{t('oversight.report.unreachable', { count: unreachable.length })}</li>
      </ul>
      <div className={styles.whole}>
        <StepTimesTable title={t('oversight.times.title')} after={totals.after} />
      </div>
      <table className={styles.agencies}>
        <thead>
          <tr>
            <th scope="col" className={styles.name}>
              {t('oversight.agency')}
            </th>
            <th scope="col">{t('oversight.received')}</th>
            <th scope="col">{t('oversight.onTime')}</th>
            <th scope="col">{t('oversight.openedAfter')}</th>
            <th scope="col">{t('oversight.report.registeredAfter')}</th>
            <th scope="col">{t('oversight.report.finishedAfter')}</th>
            <th scope="col">{t('oversight.finishedInTime')}</th>
            <th scope="col">{t('oversight.expressLate')}</th>
            <th scope="col">{t('oversight.sent')}</th>
            <th scope="col">{t('oversight.withoutPaper')}</th>
            <th scope="col">{t('oversight.report.paperOnly')}</th>
          </tr>
        </thead>
        <Group title={t('oversight.slow')} agencies={late}>
          {rows(late)}
        </Group>
        <Group title={t('oversight.middle')} agencies={middle}>
          {rows(middle)}
        </Group>
        <Group title={t('oversight.best')} agencies={best}>
          {rows(best)}
        </Group>
        <Group title={t('oversight.unreachable')} agencies={unreachable}>
          {rows(unreachable)}
        </Group>
        <Group title={t('oversight.silent')} agencies={silent}>
          {rows(silent)}
        </Group>
      </table>
      <div className={styles.charts}>
        <WeeksChart weeks={figures.weeks} />
        <OpeningChart openedWithin={figures.openedWithin} notOpened={totals.received - totals.opened} />
      </div>
      <table className={styles.agencies}>
        <thead>
          <tr>
            <th scope="col" className={styles.name}>
              {t('oversight.urgency')}
            </th>
            <th scope="col">{t('oversight.received')}</th>
            <th scope="col">{t('oversight.onTime')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.urgencies
            .filter(({ received }) => received > 0)
            .map(({ urgency, received, onTime }) => (
              <tr key={urgency}>
                <th scope="row" className={styles.name}>
                  {t(`common.urgency.${urgency}`)}
                </th>
                <td>{formatNumber(received, locale)}</td>
                <td>{percentOf(onTime, received, locale)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </article>
  );
}

interface GroupProps {
  readonly title: string;
  readonly agencies: readonly Overseen[];
  readonly children: ReactNode;
}

function Group({ title, agencies, children }: GroupProps) {
  const { t } = useTranslation();
  if (agencies.length === 0) return null;
  return (
    <tbody>
      <tr className={styles.group}>
        <th colSpan={11} scope="colgroup">
          {title} · {t('oversight.agencies', { count: agencies.length })}
        </th>
      </tr>
      {children}
    </tbody>
  );
}

function Row({ agency }: { readonly agency: Overseen }) {
  const { t, i18n } = useTranslation();
  const whole = (value: number): string => formatNumber(value, i18n.language);
  return (
    <tr>
      <th scope="row" className={styles.name}>
        {agency.name}
      </th>
      <td>{whole(agency.received)}</td>
      <td>{percentOf(agency.onTime, agency.received, i18n.language)}</td>
      <td>{inHours(t, agency.after.opened.medianWorking)}</td>
      <td>{inHours(t, agency.after.registered.medianWorking)}</td>
      <td>{inHours(t, agency.after.finished.medianWorking)}</td>
      <td>{percentOf(agency.finishedInTime, agency.due, i18n.language)}</td>
      <td>
        {whole(agency.expressOpenedLate)}/{whole(agency.expressReceived)}
      </td>
      <td>{whole(agency.sent)}</td>
      <td>{whole(agency.withoutPaper)}</td>
      <td>{whole(agency.paperOnly)}</td>
    </tr>
  );
}
