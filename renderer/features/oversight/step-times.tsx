import { useTranslation } from 'react-i18next';
import { OVERSEEN_STEPS, type OverseenStep, type StepTimes } from '#shared/domain/oversight.ts';
import { inHours } from './words.ts';
import styles from './oversight.module.css';

interface StepTimesTableProps {
  readonly title: string;
  readonly after: Readonly<Record<OverseenStep, StepTimes>>;
}

/** How long opening, registering and finishing took: median and p90, as the clock goes and in office hours. */
export function StepTimesTable({ title, after }: StepTimesTableProps) {
  const { t } = useTranslation();
  return (
    <table className={styles.times}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('oversight.times.step')}</span>
          </th>
          <th scope="col">{t('oversight.times.median')}</th>
          <th scope="col">{t('oversight.times.p90')}</th>
          <th scope="col">{t('oversight.times.medianWorking')}</th>
          <th scope="col">{t('oversight.times.p90Working')}</th>
        </tr>
      </thead>
      <tbody>
        {OVERSEEN_STEPS.map((step) => (
          <tr key={step}>
            <th scope="row">{t(`oversight.times.${step}`)}</th>
            <td>{inHours(t, after[step].median)}</td>
            <td>{inHours(t, after[step].p90)}</td>
            <td>{inHours(t, after[step].medianWorking)}</td>
            <td>{inHours(t, after[step].p90Working)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
