import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ON_TIME_FLOOR } from '#shared/domain/oversight.ts';
import { Button } from '../../components/button.tsx';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { type Overseen, rankAgencies, shareOf } from './rank-agencies.ts';
import { inHours, percentOf } from './words.ts';
import styles from './oversight.module.css';

interface RankingProps {
  readonly agencies: readonly Overseen[];
  /** Only some are shown, so none of them is folded away. */
  readonly isFiltered: boolean;
  readonly chosen: string | null;
  readonly onChoose: (agency: Overseen) => void;
}

const COLUMNS = 9;

/** The late, the middle (folded), the best; who cannot be reached and who received nothing stand apart, in no order of merit. */
export function Ranking({ agencies, isFiltered, chosen, onChoose }: RankingProps) {
  const { t } = useTranslation();
  const [unfolded, setUnfolded] = useState(false);
  const middleShown = unfolded || isFiltered;
  const { late, middle, best, unreachable, silent } = rankAgencies(agencies);
  const row = (agency: Overseen, place: number) => (
    <AgencyRow key={agency.code} {...{ agency, place: place + 1, chosen: agency.code === chosen, onChoose }} />
  );
  return (
    <table className={styles.ranking}>
      <caption className="visually-hidden">{t('frame.oversight')}</caption>
      <thead>
        <tr>
          <th scope="col" aria-label={t('oversight.place')} />
          <th scope="col" className={styles.agency}>
            {t('oversight.agency')}
          </th>
          <th scope="col">{t('oversight.received')}</th>
          <th scope="col">{t('oversight.onTime')}</th>
          <th scope="col">{t('oversight.openedAfter')}</th>
          <th scope="col">{t('oversight.expressLate')}</th>
          <th scope="col">{t('oversight.finishedInTime')}</th>
          <th scope="col">{t('oversight.sent')}</th>
          <th scope="col">{t('oversight.withoutPaper')}</th>
        </tr>
      </thead>
      <tbody>
        <Heading title={t('oversight.slow')} detail={t('oversight.slowDetail', { count: late.length })} />
        {late.map(row)}
        <Heading title={t('oversight.middle')} detail={t('oversight.agencies', { count: middle.length })}>
          {middle.length > 0 && !isFiltered ? (
            <Button variant="quiet" aria-expanded={middleShown} onClick={() => setUnfolded(!unfolded)}>
              {t(middleShown ? 'oversight.fold' : 'oversight.show')}
            </Button>
          ) : null}
        </Heading>
        {middleShown ? middle.map(row) : null}
        <Heading title={t('oversight.best')} detail={t('oversight.bestDetail', { count: best.length })} />
        {best.map(row)}
        {unreachable.length > 0 ? (
          <Heading
            title={t('oversight.unreachable')}
            detail={t('oversight.unreachableDetail', { count: unreachable.length })}
          />
        ) : null}
        {unreachable.map((agency) => (
          <tr key={agency.code} className={agency.code === chosen ? styles.chosen : undefined}>
            <Name {...{ agency, onChoose }} span={2} />
            <td>{agency.received}</td>
            <td colSpan={COLUMNS - 3} className={styles.note}>
              {agency.lastContactAt === null
                ? t('oversight.neverHeard', { count: agency.unreachable })
                : t('oversight.heardLast', { when: formatDateTime(agency.lastContactAt), count: agency.unreachable })}
            </td>
          </tr>
        ))}
        {silent.length > 0 ? (
          <Heading title={t('oversight.silent')} detail={t('oversight.agencies', { count: silent.length })} />
        ) : null}
        {silent.map((agency) => (
          <tr key={agency.code} className={agency.code === chosen ? styles.chosen : undefined}>
            <Name {...{ agency, onChoose }} span={2} />
            <td colSpan={COLUMNS - 2} className={styles.note}>
              {[
                agency.sent === 0 ? '' : t('oversight.sentSome', { count: agency.sent }),
                agency.paperOnly === 0 ? '' : t('oversight.paperOnly', { count: agency.paperOnly }),
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface AgencyRowProps {
  readonly agency: Overseen;
  readonly place: number;
  readonly chosen: boolean;
  readonly onChoose: (agency: Overseen) => void;
}

function AgencyRow({ agency, place, chosen, onChoose }: AgencyRowProps) {
  const { t, i18n } = useTranslation();
  const share = shareOf(agency);
  return (
    <tr className={chosen ? styles.chosen : undefined}>
      <td className={styles.place}>{place}</td>
      <Name {...{ agency, onChoose }} />
      <td>{formatNumber(agency.received, i18n.language)}</td>
      <td>
        <span className={styles.share}>
          {percentOf(agency.onTime, agency.received, i18n.language)}
          <svg viewBox="0 0 76 4" aria-hidden="true">
            <rect width={76} height={4} className={styles.rest} />
            <rect width={76 * share} height={4} className={share < ON_TIME_FLOOR ? styles.slow : styles.fine} />
          </svg>
        </span>
      </td>
      <td>{inHours(t, agency.after.opened.medianWorking)}</td>
      <td className={agency.expressOpenedLate > 0 ? styles.bad : undefined}>{agency.expressOpenedLate}</td>
      <td>{percentOf(agency.finishedInTime, agency.due, i18n.language)}</td>
      <td>{formatNumber(agency.sent, i18n.language)}</td>
      <td>{agency.sent === 0 ? '–' : `${Math.round((agency.withoutPaper / agency.sent) * 100)} %`}</td>
    </tr>
  );
}

function Name({
  agency,
  onChoose,
  span = 1,
}: Pick<AgencyRowProps, 'agency' | 'onChoose'> & { readonly span?: number }) {
  return (
    <th scope="row" colSpan={span} className={styles.agency}>
      <button type="button" className={styles.name} title={agency.name} onClick={() => onChoose(agency)}>
        {agency.name}
      </button>
    </th>
  );
}

interface HeadingProps {
  readonly title: string;
  readonly detail: string;
  readonly children?: ReactNode;
}

function Heading({ title, detail, children }: HeadingProps) {
  return (
    <tr className={styles.heading}>
      <th colSpan={COLUMNS} scope="colgroup">
        <strong>{title}</strong> · {detail} {children}
      </th>
    </tr>
  );
}
